package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bauta.proxy.ProxySettings;
import dev.bauta.proxy.authentication.Credentials;
import dev.bauta.proxy.authentication.ScramVerifier;
import dev.bauta.proxy.testing.EngineUnderTest;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.tls.ClientEncryption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/** A session does not meet the look-ups that the server was to keep for another, also where the server does not forget them. */
class PoolCleaningTest {
    private static final byte[] FORGOTTEN = complete("DISCARD ALL");
    private static final byte[] IDLE = ready('I');
    private static final byte[] ERROR = text('E', "SERROR\0VERROR\0C53200\0Mout of memory\0");

    private static Relay relay;
    private static EngineUnderTest proxy;
    private static @Nullable ScramVerifier verifier;

    @BeforeAll
    static void start() throws IOException, SQLException {
        Credentials credentials = new Credentials(user -> CompletableFuture.completedFuture(verifier));
        ClientAccess access =
                new ClientAccess(ClientEncryption.NONE, new Authentication.Scram(credentials, null), List.of());
        Limits.Pool pool = new Limits.Pool(9, Duration.ofMinutes(1), Duration.ofHours(1));
        relay = new Relay();
        proxy = EngineUnderTest.start(
                """
                CREATE TABLE one (id int PRIMARY KEY, note text);
                INSERT INTO one VALUES (1, 'one');
                CREATE TABLE two (id int PRIMARY KEY, note text);
                INSERT INTO two VALUES (1, 'two')
                """,
                "version: 1\ncolumns: [{match: public.one.none, mask: \"null\"}]\n",
                settings -> ProxySettings.of(settings.listen(), "127.0.0.1", relay.port())
                        .withAccess(access)
                        .withLimits(Limits.DEFAULT.withPool(pool)));
        relay.leadsTo = proxy.database().port();
        try (Connection connection = proxy.database().connect()) {
            verifier = ScramVerifier.parse(
                            text(connection, "SELECT rolpassword FROM pg_authid WHERE rolname = 'analyst'"))
                    .orElseThrow();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        relay.close();
    }

    /** Those that wait are closed. */
    @AfterEach
    void empty() {
        await().until(() -> proxy.server().pooledConnections() == relay.open.get());
        proxy.server().onRulesChanged();
        await().until(PoolCleaningTest::noneIsOpen);
        relay.answer = null;
    }

    private static boolean noneIsOpen() {
        return proxy.server().pooledConnections() == 0 && relay.open.get() == 0;
    }

    private static Connection connect() throws SQLException {
        return proxy.connect("analyst", "?preferQueryMode=simple");
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static int process(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    /** Looks up so often that the server comes to hold it; the first look-up of every session has the same name. */
    private static void lookUp(Connection connection, String table) throws SQLException {
        assertThat(kept(connection)).isEqualTo("0");
        for (int i = 0; i < 6; i++) {
            assertThat(text(connection, "SELECT note FROM " + table + " WHERE id = 1"))
                    .isEqualTo(table);
        }
        assertThat(kept(connection)).isEqualTo("1");
    }

    private static String kept(Connection connection) throws SQLException {
        return text(connection, "SELECT count(*) FROM pg_prepared_statements");
    }

    /** A session that has something kept, and ends. @return the server process that it had */
    private static int lookUpAndLeave() throws SQLException {
        try (Connection first = connect()) {
            lookUp(first, "one");
            return process(first);
        }
    }

    @Test
    void whatIsKeptForOneSessionIsNotThereForTheNext() throws SQLException {
        int process = lookUpAndLeave();
        await().until(() -> proxy.server().pooledConnections() == 1);
        try (Connection second = connect()) {
            assertThat(process(second)).isEqualTo(process);
            lookUp(second, "two");
        }
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("an error", List.of(ERROR, IDLE)),
                Arguments.of("an error alone", List.of(ERROR)),
                Arguments.of("an error after it", List.of(FORGOTTEN, ERROR, IDLE)),
                Arguments.of("a transaction", List.of(FORGOTTEN, ready('T'))),
                Arguments.of("a failed transaction", List.of(FORGOTTEN, ready('E'))),
                Arguments.of("no answer", List.of(IDLE)),
                Arguments.of("another answer", List.of(complete("RESET"), IDLE)),
                Arguments.of("two answers", List.of(FORGOTTEN, FORGOTTEN, IDLE)),
                Arguments.of("a row", List.of(text('D', "\0"), FORGOTTEN, IDLE)),
                Arguments.of("ready twice", List.of(FORGOTTEN, IDLE, IDLE)),
                Arguments.of("part of it", List.of(Arrays.copyOf(FORGOTTEN, 7), Relay.END)),
                Arguments.of("not ready", List.of(FORGOTTEN, Relay.END)),
                Arguments.of("the end", List.of(Relay.END)),
                Arguments.of("no message", List.of(new byte[] {'Z', 0, 0, 0, 0})));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void aServerThatHasNotForgottenIsNotUsed(String name, List<byte[]> answers) throws SQLException {
        relay.answer = answers;
        int process = lookUpAndLeave();
        await(name).until(PoolCleaningTest::noneIsOpen);
        try (Connection second = connect()) {
            assertThat(process(second)).isNotEqualTo(process);
            lookUp(second, "two");
        }
    }

    @Test
    void norIsOneThatDoesNotAnswer() throws SQLException {
        relay.answer = List.of(FORGOTTEN);
        int process = lookUpAndLeave();
        await().until(() -> proxy.server().pooledConnections() == 1);
        try (Connection second = connect()) {
            assertThat(process(second)).isNotEqualTo(process);
            lookUp(second, "two");
        }
    }

    private static byte[] text(int type, String body) {
        return Frontend.message(type, (body + "\0").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] complete(String tag) {
        return text('C', tag);
    }

    private static byte[] ready(int state) {
        return Frontend.message('Z', new byte[] {(byte) state});
    }

    /** Between proxy and server: answers DISCARD ALL in the server's stead. */
    private static final class Relay implements AutoCloseable {
        static final byte[] END = {};
        private static final byte[] FORGET = Frontend.query("DISCARD ALL");

        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        /** How many connections the proxy has not closed. */
        final AtomicInteger open = new AtomicInteger();

        volatile int leadsTo;
        /** Null where the server is asked. */
        volatile @Nullable List<byte[]> answer;

        Relay() throws IOException {
            start(this::accept);
        }

        int port() {
            return listener.getLocalPort();
        }

        private static void start(Action action) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            action.run();
                        } catch (IOException e) {
                            // One end is closed.
                        }
                    },
                    "relay");
            thread.setDaemon(true);
            thread.start();
        }

        private interface Action {
            void run() throws IOException;
        }

        private void accept() throws IOException {
            while (true) {
                Socket client = listener.accept();
                open.incrementAndGet();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), leadsTo);
                start(() -> {
                    try (client) {
                        server.getInputStream().transferTo(client.getOutputStream());
                    }
                });
                start(() -> relay(client, server));
            }
        }

        private void relay(Socket client, Socket server) throws IOException {
            byte[] buffer = new byte[8192];
            try (server) {
                for (int n = client.getInputStream().read(buffer);
                        n >= 0;
                        n = client.getInputStream().read(buffer)) {
                    List<byte[]> answers = answer;
                    if (answers == null || !Arrays.equals(Arrays.copyOf(buffer, n), FORGET)) {
                        server.getOutputStream().write(buffer, 0, n);
                    } else {
                        client.getOutputStream().write(Frontend.all(answers.toArray(byte[][]::new)));
                        if (answers.contains(END)) {
                            client.shutdownOutput();
                        }
                    }
                }
            } finally {
                open.decrementAndGet();
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
