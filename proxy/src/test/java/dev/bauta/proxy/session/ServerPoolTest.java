package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bauta.proxy.ProxySettings;
import dev.bauta.proxy.authentication.Credentials;
import dev.bauta.proxy.authentication.ScramVerifier;
import dev.bauta.proxy.authentication.ServicePassword;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.ServerChoice;
import dev.bauta.proxy.session.Authentication.Account;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.tls.ClientEncryption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/** A session can have the server connection that another one has left, and finds nothing of it. */
class ServerPoolTest {
    private static final String PASSWORD = "Kanarienvogel";
    private static final String SCRIPT =
            """
            CREATE SEQUENCE numbers;
            CREATE SCHEMA other;
            CREATE TABLE entries (entry int);
            DO $$ BEGIN
                PERFORM pg_advisory_xact_lock(43);
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pooled') THEN
                    CREATE ROLE pooled LOGIN SUPERUSER;
                    CREATE ROLE pooled_too LOGIN SUPERUSER;
                END IF;
                ALTER ROLE pooled PASSWORD 'Kanarienvogel';
            END $$;
            """;

    /** All that a session can leave behind. */
    private static final List<String> TRACES = List.of(
            "SELECT count(*) FROM pg_prepared_statements",
            "SELECT count(*) FROM pg_cursors WHERE is_holdable",
            "SELECT count(*) FROM pg_class WHERE relpersistence = 't'",
            "SELECT count(*) FROM pg_listening_channels()",
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()",
            "SELECT current_setting('search_path') || current_setting('TimeZone') || current_setting('application_name')"
                    + " || current_setting('statement_timeout') || coalesce(current_setting('my.word', true), '')");

    private static @Nullable ScramVerifier verifier;

    private @Nullable ProxyUnderTest proxy;

    @AfterEach
    void stop() {
        if (proxy != null) {
            proxy.close();
        }
    }

    private ProxyUnderTest start(int connections, @Nullable Account account) throws IOException, SQLException {
        return start(connections, account, UnaryOperator.identity());
    }

    private ProxyUnderTest start(int connections, @Nullable Account account, UnaryOperator<ProxySettings> change)
            throws IOException, SQLException {
        Credentials credentials = new Credentials(user -> CompletableFuture.completedFuture(verifier));
        ClientAccess access =
                new ClientAccess(ClientEncryption.NONE, new Authentication.Scram(credentials, account), List.of());
        Limits.Pool pool = new Limits.Pool(connections, Duration.ofMinutes(1), Duration.ofHours(1));
        ProxyUnderTest started = ProxyUnderTest.start(
                SCRIPT,
                settings -> change.apply(
                        settings.withAccess(access).withLimits(settings.limits().withPool(pool))));
        proxy = started;
        try (Connection connection = started.database().connect();
                Statement statement = connection.createStatement()) {
            verifier = ScramVerifier.parse(
                            text(statement, "SELECT rolpassword FROM pg_authid WHERE rolname = 'pooled'"))
                    .orElseThrow();
        }
        return started;
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    private static Connection connect(ProxyUnderTest through, String user, String... properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", user);
        all.setProperty("password", PASSWORD);
        for (int i = 0; i < properties.length; i += 2) {
            all.setProperty(properties[i], properties[i + 1]);
        }
        return DriverManager.getConnection(through.jdbcUrl(), all);
    }

    /** The server process of a session that ends at once. */
    private static int process(ProxyUnderTest through, String user, String... properties) throws SQLException {
        try (Connection connection = connect(through, user, properties)) {
            return connection.unwrap(PGConnection.class).getBackendPID();
        }
    }

    private static void awaitPooled(ProxyUnderTest through, int connections) {
        await().until(() -> through.server().pooledConnections() == connections);
    }

    private static void awaitGone(ProxyUnderTest through, int process) throws SQLException {
        try (Connection connection = through.database().connect();
                Statement statement = connection.createStatement()) {
            await().until(() -> text(statement, "SELECT count(*) FROM pg_stat_activity WHERE pid = " + process)
                    .equals("0"));
        }
    }

    private static List<String> traces(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String query : TRACES) {
                found.add(text(statement, query));
            }
        }
        return found;
    }

    @Test
    void aSessionFindsNothingOfTheOneBefore() throws Exception {
        ProxyUnderTest started = start(2, null);
        List<String> traces;
        Map<String, String> reported;
        int process;
        try (Connection first = connect(started, "pooled");
                Statement statement = first.createStatement()) {
            process = first.unwrap(PGConnection.class).getBackendPID();
            traces = traces(first);
            reported = Map.copyOf(first.unwrap(PGConnection.class).getParameterStatuses());
            statement.execute("CREATE TEMP TABLE numbers_too AS SELECT nextval('numbers')");
            statement.execute("PREPARE left_behind AS SELECT 1");
            statement.execute("DECLARE left_open CURSOR WITH HOLD FOR SELECT 1");
            statement.execute("LISTEN left_behind");
            statement.execute("SELECT pg_advisory_lock(4711)");
            statement.execute("SET search_path = other");
            statement.execute("SET TimeZone = 'Asia/Tokyo'");
            statement.execute("SET application_name = 'first'");
            statement.execute("SET statement_timeout = 4711");
            statement.execute("SET my.word = 'first'");
            assertThat(traces(first)).isNotEqualTo(traces);
        }
        awaitPooled(started, 1);
        try (Connection second = connect(started, "pooled");
                Statement statement = second.createStatement()) {
            assertThat(started.server().pooledConnections()).isZero();
            assertThat(second.unwrap(PGConnection.class).getBackendPID()).isEqualTo(process);
            assertThat(second.unwrap(PGConnection.class).getParameterStatuses()).isEqualTo(reported);
            assertThat(traces(second)).isEqualTo(traces);
            assertThatThrownBy(() -> text(statement, "SELECT currval('numbers')"))
                    .hasMessageContaining("not yet defined");
            // The server process goes on to have a place for temporary tables, which is empty.
            assertThat(started.sessions().searchPaths()).hasSize(2).allSatisfy(path -> assertThat(path)
                    .endsWith("pg_catalog", "public"));
        }
    }

    @Test
    void nobodyElseHasIt() throws Exception {
        ProxyUnderTest started = start(9, null);
        Set<Integer> processes = new HashSet<>();
        processes.add(process(started, "pooled"));
        processes.add(process(started, "pooled_too"));
        processes.add(process(started, "pooled", "ApplicationName", "another", "assumeMinServerVersion", "15"));
        assertThat(processes).hasSize(3);
        awaitPooled(started, 3);
    }

    @Test
    void usersOfOneAccountDoNotShareIt() throws Exception {
        ProxyUnderTest started = start(9, new Account("masked", new ServicePassword("none is asked for")));
        assertThat(process(started, "pooled")).isNotEqualTo(process(started, "pooled_too"));
        awaitPooled(started, 2);
        try (Connection connection = connect(started, "pooled_too");
                Statement statement = connection.createStatement()) {
            assertThat(text(statement, "SELECT session_user")).isEqualTo("masked");
        }
    }

    /** Raw sessions can leave more behind than DISCARD takes away. */
    @Test
    void thatOfARawSessionIsClosed() throws Exception {
        ProxyUnderTest started = start(2, null);
        awaitGone(started, process(started, "raw"));
        assertThat(started.server().pooledConnections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN", "SELECT FORBIDDEN", "SELECT 1/0"})
    void onlyAnIdleOneIsKept(String last) throws Exception {
        ProxyUnderTest started = start(2, null);
        int process;
        try (Connection connection = connect(started, "pooled", "preferQueryMode", "simple");
                Statement statement = connection.createStatement()) {
            process = connection.unwrap(PGConnection.class).getBackendPID();
            try {
                statement.execute(last);
            } catch (SQLException e) {
                assertThat(last).startsWith("SELECT");
            }
        }
        if (last.equals("BEGIN")) {
            awaitGone(started, process);
        } else {
            awaitPooled(started, 1);
        }
        assertThat(started.server().pooledConnections()).isEqualTo(last.equals("BEGIN") ? 0 : 1);
    }

    /** What was not answered yet is rolled back by the server when its client goes, and is not committed by DISCARD. */
    @Test
    void aPipelineWithoutSyncIsNotKept() throws Exception {
        ProxyUnderTest started = start(2, null);
        int process;
        try (Connection connection = connect(started, "pooled")) {
            process = connection.unwrap(PGConnection.class).getBackendPID();
            PgConnection pg = connection.unwrap(PgConnection.class);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT nextval('numbers')");
            }
            pg.abort(Runnable::run);
        }
        awaitGone(started, process);
        assertThat(started.server().pooledConnections()).isZero();
    }

    /** The answer to what comes before it does not end it. */
    @Test
    void aPipelineWithoutSyncAfterAQueryIsNotKept() throws Exception {
        ProxyUnderTest started = start(2, null);
        int process;
        try (Connection connection = connect(started, "pooled", "socketFactory", CapturedSocket.class.getName())) {
            process = connection.unwrap(PGConnection.class).getBackendPID();
            Socket socket = CapturedSocket.last();
            socket.getOutputStream()
                    .write(Frontend.all(
                            Frontend.query("SELECT 1"),
                            Frontend.parse("", "INSERT INTO entries VALUES (1)"),
                            Frontend.bind("", ""),
                            Frontend.execute("", 0),
                            Frontend.flush()));
            readUntil(socket, "INSERT 0 1");
            socket.getOutputStream().write(Frontend.terminate());
            awaitGone(started, process);
        }
        assertThat(started.server().pooledConnections()).isZero();
        try (Connection connection = started.database().connect();
                Statement statement = connection.createStatement()) {
            assertThat(text(statement, "SELECT count(*) FROM entries")).isEqualTo("0");
        }
    }

    private static void readUntil(Socket socket, String tag) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(tag) < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("after " + read).isNotNegative();
            read.append((char) next);
        }
    }

    /** One that is not wanted is counted once. */
    @Test
    void ofAServerThatIsNotTheOneToGoToItIsNotUsed() throws Exception {
        AtomicBoolean gone = new AtomicBoolean();
        ProxyUnderTest started = start(
                1,
                null,
                settings -> new ProxySettings(
                        settings.listen(),
                        null,
                        new Wavering(settings.servers(), gone),
                        null,
                        settings.limits(),
                        settings.access(),
                        settings.transport(),
                        settings.eventLoops()));
        int process = process(started, "pooled");
        awaitPooled(started, 1);
        gone.set(true);
        assertThatThrownBy(() -> process(started, "pooled")).hasMessageContaining("cannot reach");
        gone.set(false);
        awaitGone(started, process);
        assertThat(started.server().pooledConnections()).isZero();
        assertThat(process(started, "pooled")).isNotEqualTo(process);
        awaitPooled(started, 1);
    }

    private record Wavering(ServerChoice servers, AtomicBoolean gone) implements ServerChoice {
        @Override
        public List<Endpoint> candidates() {
            return gone.get() ? List.of() : servers.candidates();
        }

        @Override
        public boolean isContradictedBy(String parameter, String value) {
            return false;
        }

        @Override
        public void onDoubt() {
            // It comes back by itself.
        }

        @Override
        public void settle() {
            // Nothing is looked at.
        }

        @Override
        public void close() {
            servers.close();
        }
    }

    /** Lets a test say what a driver does not. */
    public static final class CapturedSocket extends SocketFactory {
        private static final AtomicReference<Socket> LAST = new AtomicReference<>();

        static Socket last() {
            return Objects.requireNonNull(LAST.get());
        }

        @Override
        public Socket createSocket() {
            Socket socket = new Socket();
            LAST.set(socket);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void thereAreNoMoreThanWasSaid() throws Exception {
        ProxyUnderTest started = start(1, null);
        try (Connection one = connect(started, "pooled");
                Connection two = connect(started, "pooled")) {
            assertThat(one.isValid(5)).isTrue();
            assertThat(two.isValid(5)).isTrue();
        }
        awaitPooled(started, 1);
    }

    @Test
    void oneThatTheServerClosesIsForgotten() throws Exception {
        ProxyUnderTest started = start(2, null);
        int process = process(started, "pooled");
        awaitPooled(started, 1);
        try (Connection connection = started.database().connect();
                Statement statement = connection.createStatement()) {
            text(statement, "SELECT pg_terminate_backend(" + process + ")");
        }
        awaitPooled(started, 0);
        assertThat(process(started, "pooled")).isNotEqualTo(process);
    }

    @Test
    void otherRulesEndThem() throws Exception {
        ProxyUnderTest started = start(2, null);
        int process = process(started, "pooled");
        awaitPooled(started, 1);
        started.server().onRulesChanged();
        awaitGone(started, process);
        assertThat(started.server().pooledConnections()).isZero();
    }

    @Test
    void theyDoNotKeepTheProxyFromEnding() throws Exception {
        ProxyUnderTest started = start(2, null);
        process(started, "pooled");
        awaitPooled(started, 1);
        assertThat(started.server().drain(Duration.ofSeconds(20))).isTrue();
    }
}
