package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.JDBCType;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;

/**
 * What JDBC 4.3 offers, done once on the PostgreSQL driver and once through Bauta by a masked and by a raw role, on tables
 * without masks: the same must come out, errors included.
 */
class ParityTest {
    private static DriverFixture fixture;

    /** Does something with a connection and tells what it saw. */
    private interface Use {
        void run(Connection connection, List<Object> seen) throws Exception;
    }

    /** These are done with values in binary format, too. */
    private static final Set<String> BINARY = Set.of(
            "arrays",
            "xml",
            "several results",
            "streaming",
            "objects of all types",
            "setters of all kinds",
            "getters of all kinds");

    private static final Map<String, Use> USES = new LinkedHashMap<>();

    static {
        USES.put("call with return value", (connection, seen) -> {
            try (CallableStatement call = connection.prepareCall("{? = call pg_catalog.upper(?)}")) {
                call.registerOutParameter(1, Types.VARCHAR);
                call.setString(2, "quiet");
                seen.add(call.execute());
                seen.add(call.getString(1));
                seen.add(call.getObject(1));
                seen.add(call.wasNull());
            }
        });
        USES.put("call without return value", (connection, seen) -> {
            try (CallableStatement call = connection.prepareCall("{call pg_catalog.abs(?)}")) {
                call.setInt(1, -5);
                seen.add(rows(call.executeQuery()));
            }
        });
        USES.put("arrays", (connection, seen) -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT ?::int[], ?::text[], ?::int[][]")) {
                statement.setArray(1, connection.createArrayOf("int4", new Integer[] {1, null, 3}));
                statement.setObject(2, new String[] {"a\"b", "c,d", null});
                statement.setObject(3, new int[][] {{1, 2}, {3, 4}});
                ResultSet row = first(statement);
                for (int i = 1; i <= 3; i++) {
                    Array array = row.getArray(i);
                    seen.add(array.getBaseType() + array.getBaseTypeName() + array);
                    seen.add(Arrays.deepToString((Object[]) array.getArray()));
                    seen.add(Arrays.deepToString((Object[]) array.getArray(1, 2)));
                    seen.add(rows(array.getResultSet(1, 2)));
                    array.free();
                }
            }
        });
        USES.put("structs", (connection, seen) -> {
            seen.add(connection.createStruct("pair", new Object[] {1}));
        });
        USES.put("xml", (connection, seen) -> {
            SQLXML xml = connection.createSQLXML();
            xml.setCharacterStream().append("<a>ä</a>").close();
            try (PreparedStatement statement = connection.prepareStatement("SELECT ?::xml")) {
                statement.setSQLXML(1, xml);
                SQLXML back = first(statement).getSQLXML(1);
                seen.add(back.getString());
                seen.add(new String(back.getBinaryStream().readAllBytes(), StandardCharsets.UTF_8));
                seen.add(back.getSource(javax.xml.transform.dom.DOMSource.class)
                        .getNode()
                        .getFirstChild()
                        .getTextContent());
            }
        });
        USES.put("savepoints", (connection, seen) -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO parity (n) VALUES (1)");
                Savepoint named = connection.setSavepoint("Odd \"name\"");
                seen.add(named.getSavepointName());
                statement.executeUpdate("INSERT INTO parity (n) VALUES (2)");
                Savepoint unnamed = connection.setSavepoint();
                seen.add(unnamed.getSavepointId());
                try {
                    statement.executeUpdate("INSERT INTO parity (n) VALUES (1/0)");
                } catch (SQLException e) {
                    seen.add(e.getSQLState());
                }
                connection.rollback(unnamed);
                connection.releaseSavepoint(unnamed);
                seen.add(rows(statement.executeQuery("SELECT n FROM parity ORDER BY n")));
                connection.rollback(named);
                seen.add(rows(statement.executeQuery("SELECT n FROM parity ORDER BY n")));
            }
            connection.rollback();
        });
        USES.put("row ids", (connection, seen) -> {
            try (Statement statement = connection.createStatement()) {
                seen.add(statement.executeQuery("SELECT ctid FROM parity").getRowId(1));
            }
        });
        USES.put("batches", (connection, seen) -> {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO parity (n) VALUES (?)")) {
                for (int i = 0; i < 5; i++) {
                    statement.setInt(1, i);
                    statement.addBatch();
                }
                seen.add(Arrays.toString(statement.executeLargeBatch()));
                statement.setInt(1, 9);
                statement.addBatch();
                statement.clearBatch();
                seen.add(Arrays.toString(statement.executeBatch()));
            }
            connection.rollback();
        });
        USES.put("a batch that fails", (connection, seen) -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.addBatch("INSERT INTO parity (n) VALUES (1)");
                statement.addBatch("INSERT INTO parity (n) VALUES ('x')");
                statement.executeBatch();
            } catch (java.sql.BatchUpdateException e) {
                seen.add(Arrays.toString(e.getUpdateCounts()) + e.getSQLState());
            }
            connection.rollback();
        });
        USES.put("generated keys", (connection, seen) -> {
            connection.setAutoCommit(false);
            for (String[] columns : new String[][] {{"n"}, {"n", "t"}}) {
                try (PreparedStatement statement =
                        connection.prepareStatement("INSERT INTO parity (n, t) VALUES (?, 'x')", columns)) {
                    for (int i = 0; i < 3; i++) {
                        statement.setInt(1, i);
                        statement.addBatch();
                    }
                    statement.executeBatch();
                    seen.add(rows(statement.getGeneratedKeys()));
                }
            }
            connection.rollback();
        });
        USES.put("column indexes as generated keys", (connection, seen) -> {
            connection.prepareStatement("INSERT INTO parity (n) VALUES (1)", new int[] {1});
        });
        USES.put("several results", (connection, seen) -> {
            try (Statement statement = connection.createStatement()) {
                boolean rows = statement.execute("SELECT 1; DELETE FROM parity WHERE n = 99; SELECT 2, 3");
                while (rows || statement.getUpdateCount() >= 0) {
                    seen.add(rows ? rows(statement.getResultSet()) : statement.getLargeUpdateCount());
                    rows = statement.getMoreResults(Statement.CLOSE_CURRENT_RESULT);
                }
            }
        });
        USES.put("scrolling", (connection, seen) -> {
            try (Statement statement =
                            connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
                    ResultSet rows = statement.executeQuery("SELECT g FROM generate_series(1, 5) g")) {
                seen.add(rows.last() + " " + rows.getRow() + rows.getInt(1) + rows.isLast());
                seen.add(rows.absolute(2) + " " + rows.getInt("g"));
                seen.add(rows.relative(-1) + " " + rows.isFirst() + rows.previous() + rows.isBeforeFirst());
                rows.afterLast();
                seen.add(rows.isAfterLast() + " " + rows.previous() + rows.getInt(1) + rows.first());
                rows.setFetchDirection(ResultSet.FETCH_REVERSE);
                seen.add(rows.getFetchDirection() + " " + rows.getType() + rows.getHoldability());
            }
        });
        USES.put("holdable cursors", (connection, seen) -> {
            connection.setAutoCommit(false);
            connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
            try (Statement statement = connection.createStatement(
                    ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, ResultSet.HOLD_CURSORS_OVER_COMMIT)) {
                statement.setFetchSize(2);
                ResultSet rows = statement.executeQuery("SELECT g FROM generate_series(1, 5) g");
                rows.next();
                connection.commit();
                seen.add(rows(rows));
                statement.execute("DECLARE held CURSOR WITH HOLD FOR SELECT g FROM generate_series(1, 3) g");
                connection.commit();
                seen.add(rows(statement.executeQuery("FETCH ALL FROM held")));
            }
        });
        USES.put("streaming", (connection, seen) -> {
            connection.setAutoCommit(false);
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT g, repeat('x', ?) FROM generate_series(1, 1000) g")) {
                statement.setFetchSize(17);
                statement.setMaxRows(500);
                statement.setInt(1, 3);
                ResultSet rows = statement.executeQuery();
                long sum = 0;
                while (rows.next()) {
                    sum += rows.getInt(1) + rows.getString(2).length();
                }
                seen.add(sum);
            }
        });
        USES.put("escapes", (connection, seen) -> {
            try (Statement statement = connection.createStatement()) {
                seen.add(rows(statement.executeQuery("SELECT {fn ucase('a')}, {fn concat('a', {fn abs(-1)})},"
                        + " {ts '2020-02-29 01:02:03'}, {d '2020-02-29'}, {t '01:02:03'}, 'x' LIKE 'x' {escape '!'}")));
                seen.add(rows(statement.executeQuery(
                        "SELECT count(*) FROM {oj parity a LEFT OUTER JOIN parity b ON a.n = b.n}")));
                statement.setEscapeProcessing(false);
                try {
                    statement.executeQuery("SELECT {fn ucase('a')}");
                } catch (SQLException e) {
                    seen.add(e.getSQLState()
                            + String.valueOf(e.getMessage()).lines().findFirst());
                }
            }
        });
        USES.put("native SQL", (connection, seen) -> {
            seen.add(connection.nativeSQL("SELECT {fn lcase('A')}, {d '2020-02-29'}"));
        });
        USES.put("parameter metadata", (connection, seen) -> {
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO parity (n, t) VALUES (?, ?)")) {
                ParameterMetaData parameters = statement.getParameterMetaData();
                for (int i = 1; i <= parameters.getParameterCount(); i++) {
                    seen.add(parameters.getParameterTypeName(i)
                            + parameters.getParameterType(i)
                            + parameters.getParameterClassName(i)
                            + parameters.getParameterMode(i)
                            + parameters.isNullable(i)
                            + parameters.isSigned(i));
                }
                seen.add(String.valueOf(statement.getMetaData()));
            }
        });
        USES.put("metadata before execution", (connection, seen) -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT n, t FROM parity WHERE n = ?")) {
                seen.add(statement.getMetaData().getColumnCount());
                seen.add(statement.getMetaData().getColumnTypeName(2));
                seen.add(statement.getMetaData().getTableName(1));
            }
        });
        USES.put("query time-out", (connection, seen) -> {
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(1);
                seen.add(statement.getQueryTimeout());
                statement.execute("SELECT pg_sleep(60)");
            }
        });
        USES.put("cancel", (connection, seen) -> {
            try (Statement statement = connection.createStatement()) {
                CompletableFuture<Void> cancelling = CompletableFuture.runAsync(() -> cancelWhenRunning(statement));
                try {
                    statement.execute("SELECT pg_sleep(60)");
                } finally {
                    cancelling.cancel(true);
                }
            }
        });
        USES.put("network time-out", (connection, seen) -> {
            connection.setNetworkTimeout(Runnable::run, 300);
            seen.add(connection.getNetworkTimeout());
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_sleep(60)");
            } finally {
                seen.add(connection.isClosed());
            }
        });
        USES.put("objects of all types", (connection, seen) -> {
            List<Map.Entry<String, Object>> values = List.of(
                    Map.entry("int2", (short) 1),
                    Map.entry("int4", 2),
                    Map.entry("int8", 3L),
                    Map.entry("float4", 1.5f),
                    Map.entry("float8", 2.5),
                    Map.entry("numeric", new BigDecimal("12.340")),
                    Map.entry("numeric", new java.math.BigInteger("123456789012345678901234567890")),
                    Map.entry("bool", true),
                    Map.entry("text", "ä"),
                    Map.entry("text", 'c'),
                    Map.entry("bytea", new byte[] {1, 2}),
                    Map.entry("uuid", UUID.fromString("6f1c4b1e-0000-4000-8000-000000000001")),
                    Map.entry("date", Date.valueOf("2020-02-29")),
                    Map.entry("time", Time.valueOf("01:02:03")),
                    Map.entry("timestamp", Timestamp.valueOf("2020-02-29 01:02:03.456")),
                    Map.entry("date", LocalDate.of(2020, 2, 29)),
                    Map.entry("time", LocalTime.of(1, 2, 3)),
                    Map.entry("timestamp", LocalDateTime.of(2020, 2, 29, 1, 2, 3)),
                    Map.entry("timestamptz", OffsetDateTime.of(2020, 2, 29, 1, 2, 3, 0, ZoneOffset.UTC)),
                    Map.entry("interval", new PGInterval("1 day")),
                    Map.entry("hstore_like", object("hstore_like", "(1,x)")),
                    Map.entry("jsonb", object("jsonb", "{\"a\": 1}")));
            for (Map.Entry<String, Object> value : values) {
                try (PreparedStatement statement = connection.prepareStatement("SELECT ?::" + value.getKey())) {
                    statement.setObject(1, value.getValue());
                    ResultSet row = first(statement);
                    seen.add(show(row.getObject(1))
                            + show(row.getObject(1, value.getValue().getClass())));
                } catch (SQLException e) {
                    seen.add(value.getKey() + e.getSQLState());
                }
            }
        });
        USES.put("setters of all kinds", (connection, seen) -> {
            String sql =
                    "SELECT ?::int2, ?::int4, ?::int8, ?::float4, ?::float8, ?::numeric, ?::bool, ?::text, ?::bytea,"
                            + " ?::date, ?::time, ?::timestamp, ?::text, ?::bytea, ?::text, ?::text, ?::int4, ?::numeric, ?::text";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setShort(1, (short) 1);
                statement.setInt(2, 2);
                statement.setLong(3, 3);
                statement.setFloat(4, 4);
                statement.setDouble(5, 5);
                statement.setBigDecimal(6, BigDecimal.TEN);
                statement.setBoolean(7, true);
                statement.setString(8, "s");
                statement.setBytes(9, new byte[] {9});
                statement.setDate(10, Date.valueOf("2020-02-29"));
                statement.setTime(11, Time.valueOf("01:02:03"));
                statement.setTimestamp(12, Timestamp.valueOf("2020-02-29 01:02:03"));
                statement.setCharacterStream(13, new StringReader("stream"), 6);
                statement.setBinaryStream(14, new ByteArrayInputStream(new byte[] {1, 4}), 2);
                statement.setAsciiStream(15, new ByteArrayInputStream(new byte[] {65}), 1);
                statement.setNull(16, Types.VARCHAR);
                statement.setObject(17, "17", Types.INTEGER);
                statement.setObject(18, 18, JDBCType.NUMERIC, 2);
                statement.setByte(19, (byte) 19);
                seen.add(rows(statement.executeQuery()));
                statement.clearParameters();
                statement.executeQuery();
            }
        });
        USES.put("getters of all kinds", (connection, seen) -> {
            try (Statement statement = connection.createStatement()) {
                ResultSet row = statement.executeQuery(
                        "SELECT 1, '2020-02-29 01:02:03+00'::timestamptz, 'text', '\\x41'::bytea");
                row.next();
                seen.add(row.getByte(1) + row.getShort(1) + row.getInt(1) + row.getLong(1) + row.getFloat(1));
                seen.add(row.getDouble(1) + " " + row.getBigDecimal(1) + row.getBoolean(1));
                seen.add(row.getDate(2) + " " + row.getTime(2) + row.getTimestamp(2));
                seen.add(row.getObject(2, OffsetDateTime.class));
                seen.add(new String(row.getBinaryStream(4).readAllBytes(), StandardCharsets.US_ASCII));
                seen.add((char) row.getCharacterStream(3).read());
                seen.add(row.findColumn("bytea") + row.getMetaData().getColumnLabel(3));
                row.getInt(9);
            }
        });
        USES.put("warnings", (connection, seen) -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS pg_temp.no_such_table");
                SQLWarning warning = statement.getWarnings();
                seen.add(warning.getSQLState() + warning.getMessage());
                statement.clearWarnings();
                seen.add(String.valueOf(statement.getWarnings()));
            }
        });
        USES.put("transaction characteristics", (connection, seen) -> {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            seen.add(connection.getTransactionIsolation() + " " + connection.isReadOnly() + connection.getAutoCommit());
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO parity (n) VALUES (1)");
            }
        });
        USES.put("client information", (connection, seen) -> {
            Properties properties = new Properties();
            properties.setProperty("ApplicationName", "parity");
            connection.setClientInfo(properties);
            seen.add(connection.getClientInfo("ApplicationName")
                    + connection.isValid(5)
                    + connection.getCatalog().isEmpty());
            connection.setClientInfo("Nonsense", "x");
            seen.add(connection.getWarnings().getSQLState());
        });
        USES.put("a function's cursor", (connection, seen) -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("DECLARE numbers CURSOR FOR SELECT g FROM generate_series(1, 3) g");
                ResultSet row = statement.executeQuery("SELECT 'numbers'::refcursor");
                row.next();
                seen.add(rows((ResultSet) row.getObject(1)));
            }
        });
        USES.put("a batch of a closed statement", (connection, seen) -> {
            Statement statement = connection.createStatement();
            statement.close();
            statement.addBatch("SELECT 1");
        });
        USES.put("closing", (connection, seen) -> {
            Statement statement = connection.createStatement();
            statement.closeOnCompletion();
            seen.add(statement.isCloseOnCompletion());
            ResultSet rows = statement.executeQuery("SELECT 1");
            rows.close();
            seen.add(statement.isClosed() + " " + rows.isClosed());
            connection.abort(Runnable::run);
            seen.add(connection.isClosed());
            connection.createStatement();
        });
        USES.put("identifiers and literals", (connection, seen) -> {
            try (Statement statement = connection.createStatement()) {
                seen.add(statement.enquoteIdentifier("A b", false)
                        + statement.enquoteLiteral("it's")
                        + statement.isSimpleIdentifier("abc")
                        + statement.enquoteNCharLiteral("x"));
            }
        });
    }

    @BeforeAll
    static void create() {
        fixture =
                DriverFixture.create("CREATE TYPE hstore_like AS (n int, t text); CREATE TABLE parity (n int, t text);"
                        + "GRANT ALL ON parity TO analyst");
    }

    static List<String> names() {
        return List.copyOf(USES.keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void isWhatThePostgresDriverDoes(String name) throws Exception {
        assertParity(name, "5");
        if (BINARY.contains(name)) {
            assertParity(name, "-1");
        }
    }

    private static void assertParity(String name, String prepareThreshold) throws Exception {
        List<Object> expected;
        try (Connection plain = DriverManager.getConnection(
                fixture.database.url() + "?prepareThreshold=" + prepareThreshold, "analyst", "analyst")) {
            expected = seen(name, plain);
        }
        try (Connection masked = fixture.connect("prepareThreshold", prepareThreshold)) {
            assertThat(seen(name, masked)).isEqualTo(expected);
        }
        try (Connection raw = fixture.connectAs("postgres", "prepareThreshold", prepareThreshold)) {
            assertThat(seen(name, raw)).isEqualTo(expected);
        }
    }

    private static List<Object> seen(String name, Connection connection) throws Exception {
        List<Object> seen = new ArrayList<>();
        try {
            Objects.requireNonNull(USES.get(name)).run(connection, seen);
        } catch (SQLException e) {
            seen.add(e.getSQLState() + " " + e.getMessage());
        }
        return seen.stream().map(String::valueOf).map(Object.class::cast).toList();
    }

    private static ResultSet first(PreparedStatement statement) throws SQLException {
        ResultSet row = statement.executeQuery();
        row.next();
        return row;
    }

    private static List<String> rows(ResultSet results) throws SQLException {
        return MaskingTest.rows(results);
    }

    private static PGobject object(String type, String value) throws SQLException {
        PGobject object = new PGobject();
        object.setType(type);
        object.setValue(value);
        return object;
    }

    private static String show(@Nullable Object value) {
        return value instanceof byte[] bytes
                ? Arrays.toString(bytes)
                : value == null ? "null" : value.getClass().getName() + value;
    }

    private static void cancelWhenRunning(Statement statement) {
        try (Connection watching = fixture.database.connect();
                Statement watch = watching.createStatement()) {
            ResultSet found;
            do {
                found = watch.executeQuery("SELECT FROM pg_stat_activity WHERE state = 'active' AND datname ="
                        + " current_database() AND query = 'SELECT pg_sleep(60)'");
            } while (!found.next());
            statement.cancel();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
