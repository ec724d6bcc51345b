package dev.bauta.proxy.serving;

import dev.bauta.proxy.authentication.Credentials;
import dev.bauta.proxy.authentication.ScramVerifier;
import dev.bauta.proxy.authentication.UserFile;
import dev.bauta.proxy.authentication.Verifiers;
import dev.bauta.proxy.files.Reloaded;
import dev.bauta.proxy.files.UnusableFileException;
import dev.bauta.proxy.postgres.VerifierQuery;
import dev.bauta.proxy.session.Authentication;
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
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration has in other files, the rule file apart. Thread-safe.
 *
 * @param clientEncryption what clients' connections are encrypted by
 * @param authentication who authenticates users
 * @param query what asks for verifiers, to be closed; null where nobody does
 * @param serverTls what connections with the server are encrypted by; null when they are not
 * @param all what is to be looked at again
 */
record ReloadedFiles(
        ClientEncryption clientEncryption,
        Authentication authentication,
        @Nullable VerifierQuery query,
        @Nullable Supplier<ServerTls> serverTls,
        List<Reloaded<?>> all) {
    ReloadedFiles {
        all = List.copyOf(all);
    }

    /** Reads them for the first time. */
    static ReloadedFiles load(ProxyConfig config) throws UnusableFileException {
        List<Reloaded<?>> all = new ArrayList<>();
        ClientEncryption encryption = loadClientEncryption(config.access(), all);
        Supplier<ServerTls> serverTls = loadServerTls(config.servers().tls(), all);
        UserLogin login = config.access().login();
        Path userFile = login.userFile();
        VerifierQuery query = login.query() == null ? null : new VerifierQuery(config.servers(), login.query());
        Verifiers verifiers = userFile == null ? query : loadVerifiers(userFile, all);
        return new ReloadedFiles(encryption, toAuthentication(login, verifiers), query, serverTls, all);
    }

    private static Authentication toAuthentication(UserLogin login, @Nullable Verifiers verifiers) {
        return switch (login.method()) {
            case RELAY -> Authentication.Relay.RELAY;
            case SCRAM ->
                new Authentication.Scram(
                        credentials(Objects.requireNonNull(verifiers, "SCRAM needs verifiers"), login.saltSecret()),
                        login.account());
            case CERTIFICATE -> new Authentication.Certificate(login.account());
        };
    }

    private static Credentials credentials(Verifiers verifiers, @Nullable Secret saltSecret) {
        return saltSecret == null ? new Credentials(verifiers) : new Credentials(verifiers, saltSecret.value());
    }

    private static Verifiers loadVerifiers(Path file, List<Reloaded<?>> all) throws UnusableFileException {
        Reloaded<Map<String, ScramVerifier>> users =
                Reloaded.load("user file", List.of(file), () -> UserFile.read(file));
        all.add(users);
        return Verifiers.of(users);
    }

    /** Asks nobody any more. */
    void close() {
        if (query != null) {
            query.close();
        }
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
