package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.engine.Decision;
import dev.bauta.engine.Session;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.rowset.serial.SerialBlob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PSQLSavepoint;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PGobject;

class HatchesTest {
    private static DriverFixture fixture;
    private static Connection connection;

    /** A session with a key, as keyed masks have it. */
    private static final class Keyed extends DriverFixture.ChangedSession {
        Keyed(Session session) {
            super(session);
        }

        @Override
        public Map<String, String> startupSettings() {
            return Map.of("bauta.key", DriverFixture.SECRET, "bauta.odd", "a b\\c'd");
        }
    }

    @BeforeAll
    static void create() throws SQLException {
        fixture = DriverFixture.create(
                Keyed::new,
                "CREATE FUNCTION peek() RETURNS text LANGUAGE sql AS 'SELECT max(email) FROM customers';"
                        + "CREATE PROCEDURE act() LANGUAGE sql AS '';"
                        + "CREATE FUNCTION is_known(text) RETURNS boolean LANGUAGE sql"
                        + " AS 'SELECT EXISTS (SELECT FROM customers WHERE email = $1)';"
                        + "CREATE DOMAIN known AS text CHECK (is_known(VALUE));"
                        + "CREATE DOMAIN hstore AS text CHECK (is_known(VALUE));"
                        + "CREATE TABLE holder (k known);"
                        + "CREATE SCHEMA shown; CREATE TABLE shown.customers (email text);"
                        + "CREATE DOMAIN shown.known AS text;"
                        + "CREATE TABLE shown.held AS SELECT ARRAY['somebody@example.org']::shown.known[] AS k;"
                        + "GRANT USAGE ON SCHEMA shown TO PUBLIC; GRANT SELECT ON ALL TABLES IN SCHEMA shown TO PUBLIC");
        connection = fixture.connect();
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    /** The server plans it by the search_path that holds when it is run. */
    @Test
    void whatThePostgresqlDriverPreparesIsNotRunByName() throws SQLException {
        try (Connection own = fixture.connect("prepareThreshold", "1");
                Statement statement = own.createStatement()) {
            statement.execute("SET search_path TO shown");
            try (PreparedStatement prepared = own.prepareStatement("SELECT upper(email) FROM customers")) {
                assertThat(prepared.executeQuery().next()).isFalse();
                statement.execute("SET search_path TO public");
                for (int i = 1; i <= 20; i++) {
                    String execute = "EXECUTE \"S_" + i + "\"";
                    assertThatThrownBy(() -> statement.executeQuery(execute))
                            .as(execute)
                            .isInstanceOf(BautaSQLException.class)
                            .hasMessageContaining("was decided under other rules or tables");
                }
            }
        }
    }

    /** It would be run, or read on, by the statement whose name it has, when that would be decided otherwise by now. */
    @Test
    void nothingIsPutInThePlaceOfWhatThePostgresqlDriverPrepares() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String text : new String[] {
                "PREPARE \"S_1\" AS SELECT email FROM customers",
                "PREPARE \"S_1\"(int) AS SELECT 1",
                "PREPARE U&\"\\0053_1\" AS SELECT 1",
                "DECLARE \"C_2\" CURSOR FOR SELECT email FROM customers",
                "DECLARE \"C_2\" CURSOR WITH HOLD FOR SELECT 1"
            }) {
                assertThatThrownBy(() -> statement.execute(text))
                        .as(text)
                        .isInstanceOf(BautaSQLException.class)
                        .hasMessageContaining("are the PostgreSQL JDBC driver's own");
            }
            statement.execute("PREPARE s_1 AS SELECT 1");
            statement.execute("DEALLOCATE s_1");
        }
    }

    @Test
    void unwrapsToTheInterfacesOfJavaSqlOnly() throws SQLException {
        for (Class<?> type :
                new Class<?>[] {PGConnection.class, BaseConnection.class, PgConnection.class, Object.class}) {
            assertThat(connection.isWrapperFor(type)).isFalse();
            assertThatThrownBy(() -> connection.unwrap(type))
                    .isInstanceOf(BautaSQLException.class)
                    .hasMessageStartingWith("ERROR: cannot unwrap to " + type.getName());
        }
        assertThat(connection.isWrapperFor(Connection.class)).isTrue();
        assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
        assertThat(connection.isWrapperFor(Statement.class)).isFalse();
    }

    @Test
    void parentsAreTheWrappers() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT ARRAY[1]");
                ResultSet result = statement.executeQuery()) {
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(result.getStatement()).isSameAs(statement);
            assertThat(result.next()).isTrue();
            ResultSet elements = result.getArray(1).getResultSet();
            assertThat(elements.getStatement().getConnection()).isSameAs(connection);
            assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
            assertThat(connection.getMetaData().getTableTypes().getStatement().getConnection())
                    .isSameAs(connection);
        }
    }

    @Test
    void preparedStatementsTakeNoText() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
            assertThatThrownBy(() -> statement.execute("SELECT 1", new String[] {"a"}))
                    .hasMessageContaining("take a query string");
            assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).hasMessageContaining("take a query string");
            assertThatThrownBy(() -> statement.addBatch("SELECT 1")).hasMessageContaining("take a query string");
        }
    }

    @Test
    void largeObjectsAreClosed() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT ?");
                Statement plain = connection.createStatement();
                ResultSet result = plain.executeQuery("SELECT 16::oid")) {
            assertThat(result.next()).isTrue();
            String refused = "large object access is not allowed to a masked role";
            Blob blob = new SerialBlob(new byte[] {1});
            assertThatThrownBy(() -> result.getBlob(1)).hasMessageContaining(refused);
            assertThatThrownBy(() -> result.getClob(1)).hasMessageContaining(refused);
            assertThatThrownBy(() -> result.getObject(1, Blob.class)).hasMessageContaining(refused);
            assertThatThrownBy(() -> statement.setBlob(1, blob)).hasMessageContaining(refused);
            assertThatThrownBy(() -> statement.setBlob(1, new ByteArrayInputStream(new byte[1])))
                    .hasMessageContaining(refused);
            assertThatThrownBy(() -> statement.setObject(1, blob)).hasMessageContaining(refused);
            assertThatThrownBy(() -> statement.setObject(1, new byte[1], Types.BLOB))
                    .hasMessageContaining(refused);
            assertThatThrownBy(() -> statement.setObject(1, "x", JDBCType.CLOB)).hasMessageContaining(refused);
        }
    }

    /** The server checks a parameter's value when it casts it to the type that the driver names. */
    @Test
    void valuesOfUnsafeTypesAreClosed() throws SQLException {
        String refused = "is not allowed to a masked role: it calls public.is_known";
        try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
            for (String type : new String[] {"known", "public.known", "\"public\".\"known\"", "_known", "holder"}) {
                PGobject value = new PGobject();
                value.setType(type);
                value.setValue("somebody@example.org");
                assertThatThrownBy(() -> statement.setObject(1, value)).hasMessageContaining(refused);
                assertThatThrownBy(() -> statement.setObject(1, value, Types.OTHER))
                        .hasMessageContaining(refused);
                assertThatThrownBy(() -> statement.setNull(1, Types.OTHER, type))
                        .hasMessageContaining(refused);
            }
            assertThatThrownBy(() -> connection.createArrayOf("known", new Object[] {"somebody@example.org"}))
                    .hasMessageContaining(refused);
            for (Object map : List.of(Map.of(), Map.of("a", "b"))) {
                assertThatThrownBy(() -> statement.setObject(1, map)).hasMessageContaining(refused);
                assertThatThrownBy(() -> statement.setObject(1, map, Types.OTHER))
                        .hasMessageContaining(refused);
            }
            Array own = (Array) Proxy.newProxyInstance(
                    Array.class.getClassLoader(),
                    new Class<?>[] {Array.class},
                    (array, method, arguments) -> method.getName().equals("getBaseTypeName") ? "known" : "{x}");
            assertThatThrownBy(() -> statement.setArray(1, own)).hasMessageContaining(refused);
            assertThatThrownBy(() -> statement.setObject(1, own, Types.ARRAY)).hasMessageContaining(refused);
            AtomicInteger asked = new AtomicInteger();
            Array changing = (Array) Proxy.newProxyInstance(
                    Array.class.getClassLoader(),
                    new Class<?>[] {Array.class},
                    (array, method, arguments) -> method.getName().equals("toString")
                            ? "{x}"
                            : asked.getAndIncrement() == 0 ? "varchar" : "known");
            statement.setArray(1, changing);
            try (ResultSet result = statement.executeQuery()) {
                assertThat(result.getMetaData().getColumnTypeName(1)).isEqualTo("_varchar");
            }
            PGobject json = new PGobject();
            json.setType("jsonb");
            json.setValue("[1]");
            statement.setObject(1, json);
            try (ResultSet result = statement.executeQuery()) {
                assertThat(result.next()).isTrue();
                assertThat(result.getString(1)).isEqualTo("[1]");
            }
        }
    }

    /** The PostgreSQL driver finds types by names, and keeps what a name meant when it looked: that of an array apart from its elements'. */
    @Test
    void arraysOfUnsafeTypesAreClosedWhateverTheirNamesMeantBefore() throws SQLException {
        String refused = "is not allowed to a masked role: it calls public.is_known";
        try (Connection own = fixture.connect();
                PreparedStatement statement = own.prepareStatement("SELECT ?")) {
            own.setSchema("shown");
            statement.setNull(1, Types.OTHER, "known");
            own.setSchema("public");
            assertThatThrownBy(() -> own.createArrayOf("known", new Object[] {"somebody@example.org"}))
                    .hasMessageContaining(refused);
        }
        try (Connection own = fixture.connect();
                Statement reading = own.createStatement();
                PreparedStatement statement = own.prepareStatement("SELECT ?")) {
            own.setSchema("shown");
            Array held;
            try (ResultSet result = reading.executeQuery("SELECT k FROM shown.held")) {
                assertThat(result.next()).isTrue();
                held = result.getArray(1);
            }
            assertThat(held.getBaseTypeName()).isEqualTo("known");
            own.setSchema("public");
            assertThatThrownBy(() -> statement.setArray(1, held)).hasMessageContaining(refused);
            assertThatThrownBy(() -> statement.setObject(1, held)).hasMessageContaining(refused);
        }
    }

    /** Each time that it looks for what it has not found it can find it, where the search_path has changed meanwhile. */
    @Test
    void typesThatAreNotFoundAreNotLookedForAgain() throws SQLException {
        try (Connection own = fixture.connect();
                PreparedStatement statement = own.prepareStatement("SELECT ?")) {
            own.setSchema("shown");
            Array array = (Array) Proxy.newProxyInstance(
                    Array.class.getClassLoader(),
                    new Class<?>[] {Array.class},
                    (self, method, arguments) -> method.getName().equals("getBaseTypeName") ? "holder" : "{}");
            assertThatThrownBy(() -> statement.setArray(1, array)).hasMessageContaining("Unknown type holder.");
            assertThatThrownBy(() -> own.createArrayOf("holder", new Object[] {"x"}))
                    .isInstanceOf(BautaSQLException.class)
                    .hasMessageContaining("Unable to find server array type for provided name holder.");
            PGobject value = new PGobject();
            value.setType("\"holder\"");
            value.setValue("(x)");
            assertThatThrownBy(() -> statement.setObject(1, value)).hasMessageContaining("Unknown type \"holder\".");
        }
    }

    /** The PostgreSQL driver takes from a savepoint what it writes behind {@code ROLLBACK TO SAVEPOINT}. */
    @Test
    void savepointsOfTheApplicationsOwnAreClosed() throws SQLException {
        Savepoint own = new PSQLSavepoint("s") {
            @Override
            public String getPGName() {
                return "s; CREATE TEMP TABLE leak AS SELECT email FROM public.customers";
            }
        };
        try (Connection masked = fixture.connect()) {
            masked.setAutoCommit(false);
            masked.setSavepoint("s");
            assertThatThrownBy(() -> masked.rollback(own)).hasMessageContaining("is not allowed to a masked role");
            masked.rollback();
            masked.setSavepoint("s");
            assertThatThrownBy(() -> masked.releaseSavepoint(own))
                    .hasMessageContaining("is not allowed to a masked role");
        }
    }

    /** The PostgreSQL driver writes constants into texts, with parentheses around them, when it sends no parameters. */
    @Test
    void parametersDoNotMakeCalls() throws SQLException {
        try (Connection simple = fixture.connect("preferQueryMode", "simple")) {
            for (String text : new String[] {
                "SELECT is_known ?",
                "SELECT is_known?",
                "SELECT public.is_known/**/?",
                "SELECT * FROM is_known ?",
                "SELECT known ?"
            }) {
                assertThatThrownBy(() -> asked(simple, text, "ann@example.org"))
                        .as(text)
                        .isInstanceOf(BautaSQLException.class)
                        .hasMessageContaining("is not allowed to a masked role");
            }
            String text =
                    "SELECT id FROM customers WHERE id IN (?) AND city = ? AND email <> 'ann@example.org' LIMIT 1";
            assertThat(asked(simple, text, 1, "Rome")).isEqualTo("1");
        }
    }

    /** The PostgreSQL driver would take each later answer for that to the statement before. */
    @Test
    void emptyTextsAreInNoBatch() throws SQLException {
        for (String mode : new String[] {"simple", "extendedForPrepared"}) {
            try (Connection own = fixture.connect("preferQueryMode", mode);
                    Statement statement = own.createStatement();
                    PreparedStatement prepared = own.prepareStatement("--")) {
                for (String empty : new String[] {"", " ; ", "/* */", "-- x"}) {
                    statement.addBatch("SET statement_timeout = 0");
                    statement.addBatch(empty);
                    assertThatThrownBy(statement::executeBatch).as(empty).hasMessageContaining("empty text");
                    assertThat(MaskingTest.query(own, "SELECT 1")).containsExactly("1");
                }
                if (mode.equals("simple")) {
                    prepared.addBatch();
                    prepared.addBatch();
                    assertThatThrownBy(prepared::executeBatch).hasMessageContaining("empty text");
                    assertThatThrownBy(() -> asked(own, "SELECT 1; -- x\n; SELECT 2"))
                            .hasMessageContaining("would not send this text");
                }
                assertThat(MaskingTest.query(own, "SELECT 2")).containsExactly("2");
            }
        }
    }

    /** The server reads {@code customers$1} as one name, and {@code $12} as one parameter. */
    @Test
    void parametersDoNotBecomePartsOfNames() {
        for (String text : new String[] {"SELECT * FROM hidden?", "SELECT ?2", "SELECT 1 AS a?"}) {
            assertThatThrownBy(() -> asked(connection, text, 1))
                    .as(text)
                    .isInstanceOf(BautaSQLException.class)
                    .hasMessageContaining("would not send this text as the server reads it");
        }
    }

    private static String asked(Connection connection, String text, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                assertThat(result.next()).isTrue();
                return result.getString(1);
            }
        }
    }

    @Test
    void keysReachTheServerAndNothingElse() throws SQLException {
        String where = "SELECT pg_catalog.count(*) FROM pg_catalog.pg_settings WHERE name LIKE 'bauta%'";
        assertThat(MaskingTest.query(connection, where)).containsExactly("0");
        assertThat(connection.getClientInfo().toString()).doesNotContain("bauta", DriverFixture.SECRET);
        assertThat(connection.getClientInfo("bauta.key")).isNull();
        assertThat(connection.getMetaData().getURL()).isEqualTo(fixture.url());
        assertThatThrownBy(() -> MaskingTest.query(connection, "SHOW bauta.key"))
                .isInstanceOf(BautaSQLException.class)
                .hasMessageNotContaining(DriverFixture.SECRET);
        assertThatThrownBy(() -> fixture.connect("options", "-c bauta.key=mine"))
                .isInstanceOf(BautaSQLException.class)
                .hasMessageContaining("startup parameter");
        assertThatThrownBy(() -> fixture.connect("options", "-c nonsense=1"))
                .isInstanceOf(SQLException.class)
                .hasMessageNotContaining(DriverFixture.SECRET);
    }

    /** As if the gate had let everything pass. */
    private static DriverFixture ungated() throws SQLException {
        return DriverFixture.create(session -> new DriverFixture.ChangedSession(new Keyed(session)) {
            @Override
            public Decision decide(String text) {
                return Decision.Pass.PASS;
            }
        });
    }

    @Test
    void aSessionEndsWithItsEncoding() throws SQLException {
        try (Connection changing = ungated().connect("allowEncodingChanges", "true");
                Statement statement = changing.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SET client_encoding = 'LATIN1'"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("client_encoding");
            assertThat(changing.isClosed()).isTrue();
        }
    }

    @Test
    void keysArriveAsTheyAre() throws SQLException {
        try (Connection reading = ungated().connect("options", "-c statement_timeout=7s")) {
            assertThat(MaskingTest.query(
                            reading,
                            "SELECT current_setting('bauta.key'), current_setting('bauta.odd'),"
                                    + " current_setting('statement_timeout')"))
                    .containsExactly(DriverFixture.SECRET + ",a b\\c'd,7s");
        }
    }

    @Test
    void nothingShowsSecretsOrTexts() throws SQLException {
        String text = "SELECT 'canary' WHERE ? = 'x'";
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setString(1, "canary");
            assertThat(statement.toString()).matches("BautaPreparedStatement@[0-9a-f]+");
            assertThat(statement.executeQuery().toString()).matches("BautaResultSet@[0-9a-f]+");
            assertThat(connection.toString()).matches("BautaConnection@[0-9a-f]+");
            assertThat(BautaUrl.parse(fixture.url() + "?password=canary&bautaRules=r.yaml", new java.util.Properties())
                            .toString())
                    .doesNotContain("canary");
        }
    }

    @Test
    void callsAreRefused() throws SQLException {
        try (Connection calling = fixture.connect("escapeSyntaxCallMode", "callIfNoReturn")) {
            for (String call : new String[] {"{call act()}", "{? = call peek()}", "CALL act()", "SELECT peek()"}) {
                assertThatThrownBy(() -> calling.prepareCall(call)).as(call).isInstanceOf(BautaSQLException.class);
            }
        }
    }
}
