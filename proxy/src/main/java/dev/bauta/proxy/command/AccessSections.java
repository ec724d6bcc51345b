package dev.bauta.proxy.command;

import dev.bauta.proxy.files.UnusableFileException;
import dev.bauta.proxy.serving.ProxyConfig.Access;
import dev.bauta.proxy.serving.ProxyConfig.Catalog;
import dev.bauta.proxy.tls.ClientCertificates;
import dev.bauta.proxy.tls.ClientTls;
import dev.bauta.proxy.tls.ClientTlsSettings;
import dev.bauta.proxy.tls.TlsMode;
import dev.bauta.proxy.tls.TlsVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the configuration file says of how clients may come in. */
final class AccessSections {
    private static final Map<String, TlsMode> MODES =
            new TreeMap<>(Map.of("disable", TlsMode.DISABLE, "allow", TlsMode.ALLOW, "require", TlsMode.REQUIRE));
    private static final Map<String, ClientCertificates> CLIENT_CERTIFICATES = new TreeMap<>(Map.of(
            "none", ClientCertificates.NONE,
            "optional", ClientCertificates.OPTIONAL,
            "required", ClientCertificates.REQUIRED));
    private static final Map<String, TlsVersion> VERSIONS =
            new TreeMap<>(Map.of(TlsVersion.V1_2.label(), TlsVersion.V1_2, TlsVersion.V1_3.label(), TlsVersion.V1_3));
    private static final String FILES_ADVICE = "TLS needs a certificate and its key, in PEM";

    private AccessSections() {}

    /** @param catalog as whom verifiers are asked for unless it is said otherwise */
    static Access read(ConfigSection root, Catalog catalog) {
        ConfigSection tls =
                root.section("tls", "mode", "certificate", "key", "client-ca", "client-certificate", "minimum");
        TlsMode mode = tls.findOneOf("mode", MODES, root.has("tls") ? TlsMode.REQUIRE : TlsMode.DISABLE);
        ClientTlsSettings files = mode == TlsMode.DISABLE ? null : readTlsFiles(tls);
        return new Access(
                files == null ? TlsMode.DISABLE : mode,
                files,
                AuthenticationSection.read(root, catalog, tls.has("client-ca")),
                root.findNetworks("allowed-networks"));
    }

    /** Null when something is wrong with them, which was reported. */
    private static @Nullable ClientTlsSettings readTlsFiles(ConfigSection tls) {
        Optional<Path> certificate = tls.requirePath("certificate", FILES_ADVICE);
        Optional<Path> key = tls.requirePath("key", FILES_ADVICE);
        Path authority = tls.findPath("client-ca").orElse(null);
        ClientCertificates shown = tls.findOneOf(
                "client-certificate",
                CLIENT_CERTIFICATES,
                authority == null ? ClientCertificates.NONE : ClientCertificates.OPTIONAL);
        TlsVersion minimum = tls.findOneOf("minimum", VERSIONS, TlsVersion.V1_2);
        if (shown != ClientCertificates.NONE && authority == null) {
            tls.report("client-certificate", "'tls.client-certificate' needs 'tls.client-ca', who issues them");
            return null;
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            return null;
        }
        ClientTlsSettings settings = new ClientTlsSettings(certificate.get(), key.get(), authority, shown, minimum);
        return isUsable(tls, settings) ? settings : null;
    }

    private static boolean isUsable(ConfigSection tls, ClientTlsSettings settings) {
        try {
            var unused = ClientTls.load(settings);
            return true;
        } catch (UnusableFileException e) {
            List<String> keys = List.of("certificate", "key", "client-ca");
            String key = keys.get(settings.files().indexOf(e.file()));
            tls.report(key, "'tls." + key + "': " + e.getMessage());
            return false;
        }
    }
}
