package dev.bauta.faults;

import static dev.bauta.faults.ProxyProcess.CANARY;
import static dev.bauta.faults.ProxyProcess.MASKED_USER;
import static dev.bauta.faults.ProxyProcess.RAW_USER;
import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.flush;
import static dev.bauta.proxy.testing.Frontend.message;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type byte, with bodies that fit and that do not, in every state of a session: each is answered or ends the session. */
@EnabledIfSystemProperty(named = "bauta.faults", matches = "true")
class MessageTest {
    private static final String READ = "SELECT id, email FROM customer ORDER BY id";

    private static ProxyProcess proxy;
    private static TestClient bystander;

    /**
     * What a session is at when the message comes.
     *
     * @param name for people
     * @param before what it has sent before, null where it has not logged in
     */
    private record State(String name, byte @Nullable [] before) {
        static State after(String name, byte[]... before) {
            return new State(name, Frontend.all(before));
        }

        void reach(TestClient client, String user) throws IOException {
            if (before != null) {
                client.send(Frontend.startup(user, proxy.database().name()));
                client.readUntil('Z');
                client.send(before);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<State> states() {
        return List.of(
                new State("before the startup message", null),
                State.after("idle"),
                State.after("in a transaction", query("BEGIN")),
                State.after("in a failed transaction", query("BEGIN"), query("SELECT 1/0")),
                State.after("skipping to Sync", parse("", "SELECT nothing"), flush()),
                State.after("within a pipeline", parse("", READ), bind("p", ""), execute("p", 1), flush()),
                State.after("within a result", query(READ)),
                State.after("copying in", query("COPY copied FROM STDIN")),
                State.after(
                        "copying in, extended",
                        parse("", "COPY copied FROM STDIN"),
                        bind("", ""),
                        execute("", 0),
                        flush()),
                State.after("copying out", query("COPY (" + READ + ") TO STDOUT")));
    }

    @BeforeAll
    static void start() throws IOException {
        proxy = ProxyProcess.start("{login-seconds: 10}", "-Xmx64m");
        bystander = proxy.login(MASKED_USER);
    }

    @AfterAll
    static void stop() throws IOException {
        assertThat(bystander.query("SELECT 'unharmed'").get(1).firstValue()).isEqualTo("unharmed");
        bystander.close();
        proxy.assertUnharmed();
        proxy.close();
    }

    @ParameterizedTest
    @MethodSource("states")
    void everyTypeByteIsAnsweredOrEndsTheSession(State state) throws IOException {
        Random random = new Random(20261128);
        byte[] noise = new byte[40];
        for (int type = 0; type < 256; type++) {
            random.nextBytes(noise);
            for (byte[] body : List.of(new byte[0], new byte[6], noise)) {
                for (String user : List.of(MASKED_USER, RAW_USER)) {
                    send(state, user, message(type, body));
                }
            }
        }
    }

    /** A length that lies: the message never ends, or ends before its fields do. */
    @ParameterizedTest
    @MethodSource("states")
    void everyLengthIsAnsweredOrEndsTheSession(State state) throws IOException {
        for (char type : "BCDEFHPQScdfpX".toCharArray()) {
            for (int length : new int[] {Integer.MIN_VALUE, -1, 0, 3, 5, 100_000, Integer.MAX_VALUE}) {
                byte[] lying = message(type, new byte[8]);
                java.nio.ByteBuffer.wrap(lying).putInt(1, length);
                for (String user : List.of(MASKED_USER, RAW_USER)) {
                    send(state, user, lying);
                }
            }
        }
    }

    /** Sends a message, and whatever may end what it began; then the client shuts its half, so that the session must end. */
    private static void send(State state, String user, byte[] message) throws IOException {
        try (TestClient client = TestClient.connect(proxy.address())) {
            state.reach(client, user);
            client.trySend(message, sync(), query("SELECT 1"), Frontend.terminate());
            client.shutdownOutput();
            List<BackendMessage> answer = client.readUntil('\0');
            assertThat(answer).endsWith(BackendMessage.END);
            if (user.equals(MASKED_USER)) {
                assertThat(answer).noneMatch(received -> received.body().contains(CANARY));
            }
        }
    }
}
