package dev.bauta.proxy.serving;

import dev.bauta.proxy.authentication.Credentials;
import dev.bauta.proxy.authentication.ScramVerifier;
import dev.bauta.proxy.authentication.UserFile;
import dev.bauta.proxy.files.Reloaded;
import dev.bauta.proxy.files.UnusableFileException;
import dev.bauta.proxy.tls.ClientEncryption;
import dev.bauta.proxy.tls.ClientTls;
import dev.bauta.proxy.tls.ClientTlsSettings;
import dev.bauta.proxy.tls.ServerTls;
import dev.bauta.proxy.tls.ServerTlsSettings;
import dev.bauta.proxy.tls.TlsMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration has in other files, the rule file apart. Thread-safe.
 *
 * @param clientEncryption what clients' connections are encrypted by
 * @param credentials by what the proxy authenticates users; null when the server does
 * @param serverTls what connections with the server are encrypted by; null when they are not
 * @param all what is to be looked at again
 */
record ReloadedFiles(
        ClientEncryption clientEncryption,
        @Nullable Credentials credentials,
        @Nullable Supplier<ServerTls> serverTls,
        List<Reloaded<?>> all) {
    ReloadedFiles {
        all = List.copyOf(all);
    }

    /** Reads them for the first time. */
    static ReloadedFiles load(ProxyConfig config) throws UnusableFileException {
        List<Reloaded<?>> all = new ArrayList<>();
        return new ReloadedFiles(
                loadClientEncryption(config.access(), all),
                loadCredentials(config.access().userFile(), all),
                loadServerTls(config.servers().tls(), all),
                all);
    }

    private static @Nullable Credentials loadCredentials(@Nullable Path file, List<Reloaded<?>> all)
            throws UnusableFileException {
        if (file == null) {
            return null;
        }
        Reloaded<Map<String, ScramVerifier>> users =
                Reloaded.load("user file", List.of(file), () -> UserFile.read(file));
        all.add(users);
        return new Credentials(users);
    }

    private static @Nullable Supplier<ServerTls> loadServerTls(ServerTlsSettings settings, List<Reloaded<?>> all)
            throws UnusableFileException {
        if (settings.mode() == ServerTlsSettings.Mode.DISABLE) {
            return null;
        }
        Reloaded<ServerTls> tls =
                Reloaded.load("certificate for the server", settings.files(), () -> ServerTls.load(settings));
        all.add(tls);
        return tls;
    }

    private static ClientEncryption loadClientEncryption(ProxyConfig.Access access, List<Reloaded<?>> all)
            throws UnusableFileException {
        ClientTlsSettings files = access.tlsFiles();
        if (files == null) {
            return ClientEncryption.NONE;
        }
        Reloaded<ClientTls> tls = Reloaded.load("certificate", files.files(), () -> ClientTls.load(files));
        all.add(tls);
        return new ClientEncryption(access.tls() == TlsMode.REQUIRE, tls);
    }
}
