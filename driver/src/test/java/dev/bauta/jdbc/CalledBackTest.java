package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.util.ByteStreamWriter;

/** What the application's own code, called while something is sent, can do with the connection. */
class CalledBackTest {
    private static DriverFixture fixture;

    @BeforeAll
    static void create() {
        fixture = DriverFixture.create();
    }

    /** Between the decision and the sending, the PostgreSQL driver logs. */
    @Test
    void aLogHandlerCannotChangeWhatWasDecidedUpon() throws Exception {
        fixture.database.run(
                """
                CREATE SCHEMA past; CREATE TABLE past.customers (email text); INSERT INTO past.customers VALUES ('old');
                GRANT USAGE ON SCHEMA past TO analyst; GRANT SELECT ON past.customers TO analyst
                """);
        List<Throwable> refusals = new ArrayList<>();
        try (Connection own = fixture.connect();
                Statement moving = own.createStatement();
                Statement reading = own.createStatement()) {
            reading.execute("SET search_path = past");
            assertThat(MaskingTest.query(own, "SELECT upper(email) FROM customers"))
                    .containsExactly("OLD");
            Handler handler = new Handler() {
                @Override
                public void publish(LogRecord message) {
                    try {
                        moving.execute("SET search_path = public");
                    } catch (SQLException e) {
                        refusals.add(e);
                    }
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };
            whileLogging(handler, () -> assertThat(MaskingTest.query(own, "SELECT upper(email) FROM customers"))
                    .containsExactly("OLD"));
            assertThat(refusals).isNotEmpty().allSatisfy(refusal -> assertThat(refusal)
                    .hasMessageContaining("a statement while the connection sends another one"));
            assertThat(MaskingTest.query(own, "SELECT upper(email) FROM customers"))
                    .containsExactly("OLD");
        } finally {
            fixture.database.run("DROP SCHEMA past CASCADE");
        }
    }

    private interface Asking {
        void ask() throws SQLException;
    }

    /** Asks while the PostgreSQL driver logs, and counts how often that was answered. */
    private static final class AskingHandler extends Handler {
        private final Asking asking;
        private int answers;
        private final List<String> refusals = new ArrayList<>();
        private boolean asks;

        AskingHandler(Asking asking) {
            this.asking = asking;
        }

        static boolean isRefusal(String message) {
            return message.contains("a statement while the connection sends another one");
        }

        @Override
        public void publish(LogRecord message) {
            if (asks || !message.getMessage().contains("FE=> Bind")) {
                return;
            }
            asks = true;
            try {
                asking.ask();
                answers++;
            } catch (SQLException e) {
                refusals.add(e.getMessage());
            } finally {
                asks = false;
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static AskingHandler whileLogging(Asking asking, Asking logged) throws SQLException {
        AskingHandler handler = new AskingHandler(asking);
        whileLogging(handler, logged);
        return handler;
    }

    private static void whileLogging(Handler handler, Asking logged) throws SQLException {
        Logger logger = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.FINEST);
        logger.addHandler(handler);
        try {
            logged.ask();
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(null);
            logger.setUseParentHandlers(true);
        }
    }

    /** The server would run what was prepared without a name last. */
    @Test
    void aLogHandlerCannotAnswerWhatBautaAsks() throws Exception {
        try (Connection own = fixture.connect();
                Statement other = own.createStatement()) {
            fixture.skipToNextLook();
            AskingHandler handler = whileLogging(() -> other.execute("SELECT 1"), () -> assertThat(
                            MaskingTest.query(own, "SELECT email FROM customers WHERE id = 1"))
                    .containsExactly("***"));
            assertThat(handler.answers).isZero();
            assertThat(handler.refusals).hasSizeGreaterThan(1).allMatch(AskingHandler::isRefusal);
        }
    }

    @Test
    void aLogHandlerCannotHaveRunWhatWasNotDecided() throws Exception {
        fixture.database.run("COMMENT ON COLUMN customers.email IS 'ann@example.org'");
        try (Connection own = fixture.connect();
                PreparedStatement prepared = own.prepareStatement("SELECT 2")) {
            for (Asking asking : List.<Asking>of(
                    () -> own.getMetaData().getColumns(null, "public", "customers", "email"),
                    prepared::getMetaData,
                    prepared::getParameterMetaData)) {
                assertRefusedWhileSending(asking, own);
            }
        }
    }

    private static void assertRefusedWhileSending(Asking asking, Connection own) throws Exception {
        AskingHandler handler = whileLogging(
                asking, () -> assertThat(MaskingTest.query(own, "SELECT 1")).containsExactly("1"));
        assertThat(handler.answers).isZero();
        assertThat(handler.refusals).isNotEmpty().allMatch(AskingHandler::isRefusal);
    }

    /** What is fetched then would get the answers to what is being sent. */
    @Test
    void aLogHandlerCannotFetchRows() throws Exception {
        try (Connection own = fixture.connect();
                Statement reading = own.createStatement()) {
            own.setAutoCommit(false);
            reading.setFetchSize(1);
            ResultSet rows =
                    reading.executeQuery("SELECT note AS n FROM orders UNION ALL SELECT 'one' UNION ALL SELECT 'two'");
            assertThat(rows.next()).isTrue();
            for (Asking asking : List.<Asking>of(
                    rows::next, rows::isLast, () -> rows.getMetaData().isNullable(1))) {
                assertRefusedWhileSending(asking, own);
            }
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("two");
        }
    }

    /** How far into the messages of {@code SELECT ?::bytea} its parameter begins. */
    private static final int BEFORE_VALUE = 46;

    /** What a value would hold for the server to read the rest of it as a message, once its start is the end of another value. */
    private static byte[] hiddenQuery(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(text.length + 13)
                .putShort((short) 0)
                .put((byte) 'Q')
                .putInt(text.length + 5)
                .put(text)
                .put((byte) 0)
                .put((byte) 'd')
                .putInt(0x200)
                .array();
    }

    @Test
    void aStreamIsReadBeforeItsStatementIsSent() throws Exception {
        byte[] hidden = hiddenQuery("SELECT string_agg(email, ',') FROM public.customers");
        try (Connection own = fixture.connect();
                PreparedStatement outer = own.prepareStatement("SELECT ?::bytea");
                PreparedStatement inner = own.prepareStatement("SELECT ?::bytea")) {
            inner.setBytes(1, hidden);
            InputStream calling = new ByteArrayInputStream(new byte[BEFORE_VALUE]) {
                @Override
                public synchronized int read(byte[] to, int start, int length) {
                    assertThat(onlyBytes(inner)).isEqualTo(hidden);
                    return super.read(to, start, length);
                }
            };
            outer.setBinaryStream(1, calling, BEFORE_VALUE);
            assertThat(onlyBytes(outer)).isEqualTo(new byte[BEFORE_VALUE]);
        }
    }

    @Test
    void whatWritesAValueDoesSoBeforeItsStatementIsSent() throws Exception {
        byte[] hidden = hiddenQuery("SELECT string_agg(email, ',') FROM public.customers");
        try (Connection own = fixture.connect();
                PreparedStatement outer = own.prepareStatement("SELECT ?::bytea");
                PreparedStatement inner = own.prepareStatement("SELECT ?::bytea")) {
            inner.setBytes(1, hidden);
            outer.setObject(1, new ByteStreamWriter() {
                @Override
                public int getLength() {
                    return BEFORE_VALUE;
                }

                @Override
                public void writeTo(ByteStreamTarget target) throws IOException {
                    assertThat(onlyBytes(inner)).isEqualTo(hidden);
                    target.getOutputStream().write(new byte[BEFORE_VALUE]);
                }
            });
            assertThat(onlyBytes(outer)).isEqualTo(new byte[BEFORE_VALUE]);
        }
    }

    private static byte[] onlyBytes(PreparedStatement statement) {
        try (ResultSet results = statement.executeQuery()) {
            results.next();
            return results.getBytes(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
