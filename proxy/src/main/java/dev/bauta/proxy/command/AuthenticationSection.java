package dev.bauta.proxy.command;

import dev.bauta.proxy.authentication.ServicePassword;
import dev.bauta.proxy.authentication.UserFile;
import dev.bauta.proxy.files.UnusableFileException;
import dev.bauta.proxy.postgres.VerifierQuery;
import dev.bauta.proxy.serving.ProxyConfig.Catalog;
import dev.bauta.proxy.serving.Secret;
import dev.bauta.proxy.serving.UserLogin;
import dev.bauta.proxy.serving.UserLogin.Method;
import dev.bauta.proxy.session.Authentication.Account;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the configuration file says of how users log in. */
final class AuthenticationSection {
    private static final Map<String, Method> METHODS =
            new TreeMap<>(Map.of("relay", Method.RELAY, "scram", Method.SCRAM, "certificate", Method.CERTIFICATE));
    private static final List<String> SCRAM_KEYS =
            List.of("user-file", "query", "query-database", "query-user", "query-password", "salt-secret");
    /** In characters: whoever is told salts can try out what they are made from. */
    private static final int SHORTEST_SECRET = 32;

    private static final List<String> ACCOUNT_KEYS = List.of("server-user", "server-password");

    private AuthenticationSection() {}

    /**
     * Reads the section.
     *
     * @param catalog as whom verifiers are asked for unless it is said otherwise
     * @param clientCa true when clients can show certificates
     */
    static UserLogin read(ConfigSection root, Catalog catalog, boolean clientCa) {
        ConfigSection section = root.section(
                "authentication",
                Stream.of(List.of("method"), SCRAM_KEYS, ACCOUNT_KEYS)
                        .flatMap(List::stream)
                        .toArray(String[]::new));
        Method method = section.findOneOf("method", METHODS, Method.RELAY);
        if (method != Method.SCRAM) {
            refuse(section, SCRAM_KEYS, "scram");
        }
        if (method == Method.RELAY) {
            refuse(section, ACCOUNT_KEYS, "scram or certificate");
            return UserLogin.RELAYED;
        }
        if (method == Method.CERTIFICATE) {
            if (!clientCa) {
                section.report(
                        "method", "the method certificate needs 'tls.client-ca', who issues clients' certificates");
            }
            return new UserLogin(method, null, null, null, readAccount(section));
        }
        return readScram(section, catalog);
    }

    private static void refuse(ConfigSection section, List<String> keys, String methods) {
        keys.stream()
                .filter(section::has)
                .forEach(key -> section.report(
                        key,
                        "'authentication." + key + "' has no effect unless 'authentication.method' is " + methods));
    }

    private static UserLogin readScram(ConfigSection section, Catalog catalog) {
        Account account = readAccount(section);
        Secret saltSecret = readSaltSecret(section);
        if (section.has("query")) {
            if (section.has("user-file")) {
                section.report("user-file", "'authentication.user-file' and 'authentication.query' exclude each other");
            }
            return new UserLogin(Method.SCRAM, null, readQuery(section, catalog), saltSecret, account);
        }
        Path file = section.requirePath(
                        "user-file", "the method scram needs a file of users and their verifiers, or a 'query'")
                .orElse(null);
        if (file == null) {
            return UserLogin.RELAYED;
        }
        try {
            var unused = UserFile.read(file);
        } catch (UnusableFileException e) {
            section.report("user-file", "'authentication.user-file': " + e.getMessage());
        }
        return new UserLogin(Method.SCRAM, file, null, saltSecret, account);
    }

    private static @Nullable Secret readSaltSecret(ConfigSection section) {
        String secret = section.findText("salt-secret").orElse(null);
        if (secret != null && secret.length() < SHORTEST_SECRET) {
            section.report(
                    "salt-secret",
                    "'authentication.salt-secret' must have " + SHORTEST_SECRET
                            + " characters or more; make it of random bytes, for this alone");
        }
        return secret == null ? null : new Secret(secret);
    }

    /** As the catalog user and in the first database, unless said otherwise. */
    private static VerifierQuery.Settings readQuery(ConfigSection section, Catalog catalog) {
        String query = section.findText("query").orElse("");
        if (!VerifierQuery.Settings.isUsable(query)) {
            section.report("query", "'authentication.query' must have one parameter, $1, which is the user's name");
        }
        return new VerifierQuery.Settings(
                query,
                section.findText("query-database")
                        .orElseGet(
                                () -> catalog.databases().stream().findFirst().orElse("")),
                section.findText("query-user").orElse(catalog.user()),
                section.has("query-user")
                        ? section.findText("query-password").orElse("")
                        : catalog.password().value());
    }

    private static @Nullable Account readAccount(ConfigSection section) {
        if (ACCOUNT_KEYS.stream().noneMatch(section::has)) {
            return null;
        }
        String user = section.requireText("server-user", "name the database user as whom Bauta logs in");
        String password = section.requireText("server-password", "give the password of the server-user");
        if (!ServicePassword.isUsable(password)) {
            if (!password.isEmpty()) {
                section.report("server-password", "'authentication.server-password' must be printable ASCII");
            }
            return null;
        }
        return new Account(user, new ServicePassword(password));
    }
}
