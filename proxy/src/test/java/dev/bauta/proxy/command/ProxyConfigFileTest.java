package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bauta.proxy.Transport;
import dev.bauta.proxy.UnixSocket;
import dev.bauta.proxy.audit.AuditSettings;
import dev.bauta.proxy.audit.AuditTable;
import dev.bauta.proxy.authentication.ServicePassword;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.postgres.SessionTarget;
import dev.bauta.proxy.postgres.VerifierQuery;
import dev.bauta.proxy.serving.Operations;
import dev.bauta.proxy.serving.ProxyConfig;
import dev.bauta.proxy.serving.ProxyConfig.Access;
import dev.bauta.proxy.serving.ProxyConfig.Catalog;
import dev.bauta.proxy.serving.Secret;
import dev.bauta.proxy.serving.UserLogin;
import dev.bauta.proxy.serving.UserLogin.Method;
import dev.bauta.proxy.session.Authentication.Account;
import dev.bauta.proxy.session.Limits;
import dev.bauta.proxy.testing.TestCertificates;
import dev.bauta.proxy.tls.ClientCertificates;
import dev.bauta.proxy.tls.ClientTlsSettings;
import dev.bauta.proxy.tls.ServerTlsSettings;
import dev.bauta.proxy.tls.ServerTlsSettings.Mode;
import dev.bauta.proxy.tls.TlsMode;
import dev.bauta.proxy.tls.TlsVersion;
import dev.bauta.rulefile.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyConfigFileTest {
    private static final String SHORT = "server: {host: h}\ncatalog: {user: u, databases: [d]}\nrules: r\n";

    private final Path directory;

    ProxyConfigFileTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void readsEveryOption() throws Exception {
        Files.writeString(directory.resolve("password"), "from file\n");
        assertThat(
                        load(
                                """
                        listen: "[::1]:7000"
                        server:
                          host: ${env:DB_HOST}
                          port: 5433
                        catalog:
                          user: bauta
                          password: ${file:password}
                          databases: [shop, clinic]
                          refresh-seconds: 30
                          max-age-seconds: 90
                          listen: bauta_ddl
                        rules: conf/rules.yaml
                        limits:
                          sessions: 20
                          connections: 30
                          connections-per-address: 10
                          queue-seconds: 15
                          login-seconds: 5
                          connect-seconds: 3
                          drain-seconds: 40
                          idle-seconds: 600
                          idle-in-transaction-seconds: 60
                          statement-seconds: 120
                          kept-statements: 8
                        """))
                .isEqualTo(new ProxyConfig(
                        new Endpoint("::1", 7000),
                        PostgresServers.of(new Endpoint("db.example.com", 5433)),
                        new Catalog(
                                "bauta",
                                new Secret("from file"),
                                List.of("shop", "clinic"),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(90),
                                "bauta_ddl"),
                        Access.DEFAULT,
                        directory.resolve("conf/rules.yaml"),
                        new Limits(
                                20,
                                30,
                                10,
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(40),
                                new Limits.Times(Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofMinutes(2)),
                                Limits.Pool.NONE,
                                8)));
    }

    @Test
    void fillsInDefaults() throws Exception {
        assertThat(
                        load(
                                """
                        server: {host: localhost}
                        catalog: {user: bauta, databases: [shop]}
                        rules: rules.yaml
                        """))
                .isEqualTo(new ProxyConfig(
                        new Endpoint("127.0.0.1", 6432),
                        PostgresServers.of(new Endpoint("localhost", 5432)),
                        new Catalog("bauta", new Secret(""), List.of("shop"), Duration.ofSeconds(2)),
                        Access.DEFAULT,
                        directory.resolve("rules.yaml"),
                        Limits.DEFAULT));
    }

    @Test
    void reportsEveryProblemWithItsPlace() throws Exception {
        assertThat(
                        problems(
                                """
                        listen: 127.0.0.1
                        server:
                          hots: localhost
                          port: 99999
                        catalog:
                          user: [a, b]
                          password: ${env:NOWHERE}
                          databases: shop
                        limits: none
                        limits: {}
                        """))
                .containsExactly(
                        "bauta.yaml:1:1: the file has no 'rules'; name the rule file, such as 'rules: rules.yaml'",
                        "bauta.yaml:1:9: 'listen' must be HOST:PORT, such as 127.0.0.1:6432",
                        "bauta.yaml:3:3: unknown key 'hots', did you mean 'host'?",
                        "bauta.yaml:4:9: 'server.port' must be a whole number from 1 to 65535",
                        "bauta.yaml:6:9: 'catalog.user' must be a single value, not a list",
                        "bauta.yaml:7:13: 'catalog.password': the environment variable NOWHERE is not set",
                        "bauta.yaml:8:14: 'catalog.databases' must be a list, not a single value",
                        "bauta.yaml:9:9: 'limits' must be keys with values, not a single value",
                        "bauta.yaml:10:1: key 'limits' stands here again; it already stands in line 9");
    }

    @Test
    void readsWhatIsKeptBetweenSessions() throws Exception {
        Files.writeString(directory.resolve("none.txt"), "");
        String scram = "authentication: {method: scram, user-file: none.txt}\n";
        assertThat(load(SHORT + scram + "pool: {connections: 7, idle-seconds: 8, life-seconds: 9}")
                        .limits()
                        .pool())
                .isEqualTo(new Limits.Pool(7, Duration.ofSeconds(8), Duration.ofSeconds(9)));
        assertThat(load(SHORT + scram + "pool: {connections: 7}").limits().pool())
                .isEqualTo(new Limits.Pool(7, Duration.ofMinutes(5), Duration.ofHours(1)));
        assertThat(problems(SHORT + "pool: {connections: 7}"))
                .containsExactly(
                        "bauta.yaml:4:21: 'pool.connections' needs users whom Bauta authenticates itself; see 'authentication'");
    }

    @Test
    void readsTlsWithClients() throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        certificates.issueForServer("server");
        ClientTlsSettings plain = new ClientTlsSettings(
                directory.resolve("server.crt"),
                directory.resolve("server.key"),
                null,
                ClientCertificates.NONE,
                TlsVersion.V1_2);
        assertThat(access("tls: {certificate: server.crt, key: server.key}"))
                .isEqualTo(new Access(TlsMode.REQUIRE, plain, UserLogin.RELAYED, List.of()));
        assertThat(access("tls: {mode: allow, certificate: server.crt, key: server.key}"))
                .isEqualTo(new Access(TlsMode.ALLOW, plain, UserLogin.RELAYED, List.of()));
        assertThat(access("tls: {mode: disable, certificate: nowhere.crt}")).isEqualTo(Access.DEFAULT);
        ClientTlsSettings mutual = new ClientTlsSettings(
                plain.certificate(),
                plain.key(),
                directory.resolve("ca.crt"),
                ClientCertificates.REQUIRED,
                TlsVersion.V1_3);
        assertThat(access("tls: {certificate: server.crt, key: server.key, client-ca: ca.crt,"
                        + " client-certificate: required, minimum: TLSv1.3}"))
                .isEqualTo(new Access(TlsMode.REQUIRE, mutual, UserLogin.RELAYED, List.of()));
    }

    @Test
    void reportsWhatIsWrongWithTls() throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        certificates.issueForServer("server");
        assertThat(problems(SHORT + "tls: {mode: maybe, minimum: TLSv1.1}"))
                .containsExactly(
                        "bauta.yaml:4:6: 'tls' has no 'certificate'; TLS needs a certificate and its key, in PEM",
                        "bauta.yaml:4:6: 'tls' has no 'key'; TLS needs a certificate and its key, in PEM",
                        "bauta.yaml:4:13: 'tls.mode' must be one of allow, disable, require",
                        "bauta.yaml:4:29: 'tls.minimum' must be one of TLSv1.2, TLSv1.3");
        assertThat(problems(SHORT + "tls: {certificate: server.crt, key: ca.crt}"))
                .containsExactly("bauta.yaml:4:37: 'tls.key': ca.crt: holds no private key; it must be in PEM: "
                        + "-----BEGIN PRIVATE KEY-----");
        assertThat(problems(SHORT + "tls: {certificate: server.crt, key: server.key, client-certificate: optional}"))
                .containsExactly("bauta.yaml:4:69: 'tls.client-certificate' needs 'tls.client-ca', who issues them");
    }

    @Test
    void readsWhoAuthenticates() throws Exception {
        Files.writeString(directory.resolve("users.txt"), "\"ada\" \"geheim\"\n");
        Files.writeString(directory.resolve("good.txt"), "");
        assertThat(access("authentication: {method: relay}")).isEqualTo(Access.DEFAULT);
        assertThat(access("authentication: {method: scram, user-file: good.txt}"))
                .isEqualTo(new Access(
                        TlsMode.DISABLE,
                        null,
                        new UserLogin(Method.SCRAM, directory.resolve("good.txt"), null, null, null),
                        List.of()));
        assertThat(problems(SHORT + "authentication: {method: scram}"))
                .containsExactly("bauta.yaml:4:17: 'authentication' has no 'user-file'; "
                        + "the method scram needs a file of users and their verifiers, or a 'query'");
        assertThat(problems(SHORT + "authentication: {method: ldap, user-file: good.txt}"))
                .containsExactly(
                        "bauta.yaml:4:26: 'authentication.method' must be one of certificate, relay, scram",
                        "bauta.yaml:4:43: 'authentication.user-file' has no effect unless 'authentication.method'"
                                + " is scram");
        assertThat(problems(SHORT + "authentication: {method: scram, user-file: users.txt}"))
                .containsExactly("bauta.yaml:4:44: 'authentication.user-file': users.txt: line 1 holds no "
                        + "SCRAM-SHA-256 verifier; take it from rolpassword in pg_authid, "
                        + "and put no passwords and no MD5 hashes here");
    }

    @Test
    void readsSeveralServers() throws Exception {
        String rest = "\ncatalog: {user: u, databases: [d]}\nrules: r\n";
        assertThat(
                        load("server: {host: [a, \"b:5433\", \"[::1]:5434\", \"fe80::1\"], port: 7, target-session-attrs: primary}"
                                        + rest)
                                .servers())
                .isEqualTo(new PostgresServers(
                        List.of(
                                new Endpoint("a", 7),
                                new Endpoint("b", 5433),
                                new Endpoint("::1", 5434),
                                new Endpoint("fe80::1", 7)),
                        SessionTarget.PRIMARY,
                        ServerTlsSettings.NONE));
        String form = " must be HOST or HOST:PORT, such as db1.internal:5432, or a list of such";
        assertThat(problems("server: {host: [\"a:0\", \"b:c\"], target-session-attrs: master}" + rest))
                .containsExactly(
                        "bauta.yaml:1:16: 'server.host': 'a:0'" + form,
                        "bauta.yaml:1:16: 'server.host': 'b:c'" + form,
                        "bauta.yaml:1:54: 'server.target-session-attrs' must be one of any, read-write, read-only,"
                                + " primary, standby, prefer-standby");
        assertThat(problems("server: {host: \"a,b\"}" + rest))
                .containsExactly("bauta.yaml:1:16: 'server.host': 'a,b'" + form);
    }

    @Test
    void readsTheServersUnixSocket() throws Exception {
        String rest = "\ncatalog: {user: u, databases: [d]}\nrules: r\n";
        Endpoint host = load("server: {host: /run/postgresql, port: 5433}" + rest)
                .servers()
                .hosts()
                .get(0);
        assertThat(host).isEqualTo(new Endpoint("/run/postgresql", 5433));
        assertThat(host.isUnixSocket()).isTrue();
        assertThat(host.socketFile()).isEqualTo(Path.of("/run/postgresql/.s.PGSQL.5433"));
        assertThat(problems("server: {host: [/run/postgresql, b]}" + rest))
                .containsExactly(
                        "bauta.yaml:1:16: 'server.host': the directory of a Unix-domain socket must be the only host");
        assertThat(problems("server: {host: /run/postgresql, tls: require}" + rest))
                .containsExactly("bauta.yaml:1:38: 'server.tls' must be disable,"
                        + " as PostgreSQL has no TLS on Unix-domain sockets");
    }

    @Test
    void readsAUnixSocket() throws Exception {
        assertThat(load(SHORT + "unix-socket: {directory: ., permissions: 0640}")
                        .unixSocket())
                .isEqualTo(new UnixSocket(directory, PosixFilePermissions.fromString("rw-r-----")));
        assertThat(load(SHORT + "unix-socket: {directory: .}").unixSocket())
                .isEqualTo(new UnixSocket(directory, PosixFilePermissions.fromString("rwxrwxrwx")));
        assertThat(problems(SHORT + "unix-socket: {directory: nowhere, permissions: rwx}"))
                .containsExactly(
                        "bauta.yaml:4:26: 'unix-socket.directory': there is no directory nowhere",
                        "bauta.yaml:4:48: 'unix-socket.permissions' must be octal, such as 0770");
    }

    @Test
    void readsTheTransport() throws Exception {
        assertThat(load(SHORT).transport()).isEqualTo(Transport.best());
        assertThat(load(SHORT + "transport: nio").transport()).isEqualTo(Transport.NIO);
        assertThat(problems(SHORT + "transport: IO_URING"))
                .containsExactly("bauta.yaml:4:12: 'transport' must be one of epoll, io_uring, nio");
        if (Transport.IO_URING.isAvailable()) {
            assertThat(load(SHORT + "transport: io_uring").transport()).isEqualTo(Transport.IO_URING);
        } else {
            assertThat(problems(SHORT + "transport: io_uring"))
                    .containsExactly(
                            "bauta.yaml:4:12: 'transport': this machine does not let it be used; leave the option out");
        }
    }

    @Test
    void readsAllowedNetworks() throws Exception {
        assertThat(access("allowed-networks: [10.0.0.0/8, \"2001:db8::/32\", 127.0.0.1, local]")
                        .networks())
                .containsExactly(
                        new Network.Range(List.of(10, 0, 0, 0), 8),
                        new Network.Range(List.of(32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 32),
                        new Network.Range(List.of(127, 0, 0, 1), 32),
                        Network.Local.LOCAL);
        assertThat(problems(SHORT + "allowed-networks: [10.0.0.1/8, db.example.com]"))
                .containsExactly(
                        "bauta.yaml:4:20: '10.0.0.1/8' has bits behind its prefix; set them to 0",
                        "bauta.yaml:4:32: 'db.example.com' is no network; write 10.0.0.0/8, 2001:db8::/32,"
                                + " an address, or local");
    }

    @Test
    void readsWhoLogsInToTheServer() throws Exception {
        Account account = new Account("service", new ServicePassword("geheim"));
        String own = "server-user: service, server-password: geheim";
        String query = "SELECT rolname, rolpassword FROM pg_authid WHERE rolname = $1";
        assertThat(access("authentication: {method: scram, query: \"" + query + "\", " + own + "}")
                        .login())
                .isEqualTo(new UserLogin(
                        Method.SCRAM, null, new VerifierQuery.Settings(query, "d", "u", ""), null, account));
        assertThat(access(
                                "authentication: {method: scram, query: $1, query-user: a, query-password: b, query-database: c}")
                        .login())
                .isEqualTo(
                        new UserLogin(Method.SCRAM, null, new VerifierQuery.Settings("$1", "c", "a", "b"), null, null));
        String secret = "0123456789abcdef0123456789abcdef";
        assertThat(access("authentication: {method: scram, query: $1, salt-secret: " + secret + "}")
                        .login()
                        .saltSecret())
                .isEqualTo(new Secret(secret));
        assertThat(problems(SHORT + "authentication: {method: scram, query: $1, salt-secret: canary}"))
                .containsExactly(
                        "bauta.yaml:4:57: 'authentication.salt-secret' must have 32 characters or more; make it of random bytes, for this alone");
        new TestCertificates(directory).issueForServer("server");
        assertThat(access("tls: {certificate: server.crt, key: server.key, client-ca: ca.crt}\n"
                                + "authentication: {method: certificate, " + own + "}")
                        .login())
                .isEqualTo(new UserLogin(Method.CERTIFICATE, null, null, null, account));
        assertThat(problems(SHORT + "authentication: {method: certificate, query: x, server-user: a}"))
                .containsExactly(
                        "bauta.yaml:4:17: 'authentication' has no 'server-password'; give the password of the server-user",
                        "bauta.yaml:4:26: the method certificate needs 'tls.client-ca', who issues clients' certificates",
                        "bauta.yaml:4:46: 'authentication.query' has no effect unless 'authentication.method' is scram");
        assertThat(problems(
                        SHORT + "authentication: {method: scram, query: SELECT 1, server-user: a, server-password: ä}"))
                .containsExactly(
                        "bauta.yaml:4:40: 'authentication.query' must have one parameter, $1, which is the user's name",
                        "bauta.yaml:4:83: 'authentication.server-password' must be printable ASCII");
    }

    @Test
    void readsTlsWithTheServer() throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        certificates.issueForClient("proxy", "CN=bauta");
        assertThat(serverTls("tls: require")).isEqualTo(new ServerTlsSettings(Mode.REQUIRE, null, null, null));
        assertThat(serverTls("tls: verify-full, root-certificate: ca.crt, certificate: proxy.crt, key: proxy.key"))
                .isEqualTo(new ServerTlsSettings(
                        Mode.VERIFY_FULL,
                        directory.resolve("ca.crt"),
                        directory.resolve("proxy.crt"),
                        directory.resolve("proxy.key")));
        String rest = "\ncatalog: {user: u, databases: [d]}\nrules: r\n";
        assertThat(problems("server: {host: h, tls: prefer, root-certificate: ca.crt}" + rest))
                .containsExactly(
                        "bauta.yaml:1:24: 'server.tls' must be one of disable, require, verify-ca, verify-full",
                        "bauta.yaml:1:50: 'server.root-certificate' has no effect without 'server.tls'");
        assertThat(problems("server: {host: h, tls: require, root-certificate: ca.crt, certificate: c}" + rest))
                .containsExactly(
                        "bauta.yaml:1:51: 'server.root-certificate' needs 'server.tls' to be verify-ca or verify-full",
                        "bauta.yaml:1:72: 'server.certificate' and 'server.key' must be there together");
        assertThat(problems("server: {host: h, tls: verify-ca, root-certificate: proxy.key}" + rest))
                .containsExactly("bauta.yaml:1:53: 'server.root-certificate': proxy.key: holds no certificate; "
                        + "it must be in PEM: -----BEGIN CERTIFICATE-----");
    }

    private ServerTlsSettings serverTls(String keys) throws IOException, CommandFailure {
        return load("server: {host: h, " + keys + "}\ncatalog: {user: u, databases: [d]}\nrules: r\n")
                .servers()
                .tls();
    }

    private Access access(String section) throws IOException, CommandFailure {
        return load(SHORT + section).access();
    }

    @Test
    void quotesNothingOfAFileThatIsNotYaml() throws Exception {
        assertThat(problems("catalog:\n  password: 'geheim\n"))
                .containsExactly("bauta.yaml:2:13: the quote that opens here is never closed");
        assertThat(problems("- a\n")).containsExactly("bauta.yaml:1:1: the file must be keys with values, not a list");
        assertThat(problems(""))
                .containsExactly("bauta.yaml:1:1: the file must be keys with values, but there is none");
    }

    @Test
    void saysThatThereIsNoFile() {
        CommandFailure failure = catchThrowableOfType(
                CommandFailure.class, () -> ProxyConfigFile.load(Path.of("/nowhere/bauta.yaml"), Map.of()));
        assertThat(failure.lines()).containsExactly("/nowhere/bauta.yaml: there is no such file");
        assertThat(failure.status()).isEqualTo(ExitStatus.CONFIGURATION);
    }

    @Test
    void showsNoPassword() throws Exception {
        assertThat(load("server: {host: h}\ncatalog: {user: u, password: geheim, databases: [d]}\nrules: r\n")
                        .toString())
                .doesNotContain("geheim");
    }

    private ProxyConfig load(String text) throws IOException, CommandFailure {
        Path file = Files.writeString(directory.resolve("bauta.yaml"), text);
        return ProxyConfigFile.load(file, Map.of("DB_HOST", "db.example.com"));
    }

    private List<String> problems(String text) {
        CommandFailure failure = catchThrowableOfType(CommandFailure.class, () -> load(text));
        return failure.lines().stream()
                .map(line -> line.replace(directory + "/", ""))
                .toList();
    }

    @Test
    void readsHowAProxyIsWatched() throws Exception {
        ProxyConfig config = load(
                """
                server: {host: db}
                catalog: {user: bauta, databases: [shop]}
                rules: rules.yaml
                audit:
                  file: audit.jsonl
                  rotate-size: 2 kB
                  rotate-keep: 3
                  on-failure: wait
                  key: 0123456789abcdef
                  table: {database: audit, name: bauta_audit, user: writer, password: secret}
                admin: {listen: "0.0.0.0:9000", token: 0123456789abcdef}
                """);
        assertThat(config.operations())
                .isEqualTo(new Operations(
                        new AuditSettings(
                                directory.resolve("audit.jsonl"),
                                2_048,
                                3,
                                AuditSettings.OnFailure.WAIT,
                                "0123456789abcdef",
                                new AuditTable(
                                        PostgresServers.of(new Endpoint("db", 5_432)),
                                        "audit",
                                        "bauta_audit",
                                        "writer",
                                        "secret")),
                        new Operations.Admin(new Endpoint("0.0.0.0", 9_000), new Secret("0123456789abcdef"))));
        assertThat(config.operations().toString()).doesNotContain("secret").doesNotContain("0123456789abcdef");
    }

    @Test
    void reportsWhatIsWrongWithWatching() {
        assertThat(
                        problems(
                                """
                        server: {host: db}
                        catalog: {user: bauta, databases: [shop]}
                        rules: rules.yaml
                        audit:
                          file: audit.jsonl
                          rotate-size: 2
                          on-failure: hope
                          key: short
                          table: {database: audit, name: "x; DROP", user: writer}
                        admin: {listen: "0.0.0.0:9000"}
                        """))
                .containsExactly(
                        "bauta.yaml:6:16: 'audit.rotate-size' must be a number of kB, MB or GB, such as 100 MB",
                        "bauta.yaml:7:15: 'audit.on-failure' must be refuse or wait",
                        "bauta.yaml:8:8: 'audit.key' must have at least 16 characters",
                        "bauta.yaml:9:34: 'audit.table.name' must be a name in small letters, with a schema or without",
                        "bauta.yaml:10:17: 'admin.listen' is not a loopback address, so that 'admin.token' is required,"
                                + " such as 'token: ${env:BAUTA_ADMIN_TOKEN}'");
    }
}
