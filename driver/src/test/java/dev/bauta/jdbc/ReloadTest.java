package dev.bauta.jdbc;

import static dev.bauta.jdbc.MaskingTest.query;
import static dev.bauta.jdbc.MaskingTest.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules are replaced while statements are prepared and results and cursors are open. */
class ReloadTest {
    private static final String LAX = "public.customers.email";
    private static final String STRICT = "[public.customers.email, public.customers.city]";

    private static DriverFixture fixture;
    private Connection connection;
    private boolean strict;

    @BeforeAll
    static void create() {
        fixture = DriverFixture.create();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = fixture.connect();
    }

    @AfterEach
    void disconnect() throws Exception {
        connection.close();
        if (strict) {
            fixture.replaceRules(STRICT, LAX);
        }
    }

    private void tighten() throws Exception {
        fixture.replaceRules(LAX, STRICT);
        strict = true;
    }

    @Test
    void aPreparedStatementHasToBePreparedAgain() throws Exception {
        String sql = "SELECT city FROM customers WHERE id = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                PreparedStatement other = connection.prepareStatement("SELECT note FROM orders")) {
            for (int i = 0; i < 7; i++) {
                statement.setInt(1, 1);
                assertThat(rows(statement.executeQuery())).containsExactly("Rome");
            }
            tighten();
            BautaSQLException refused = catchThrowableOfType(BautaSQLException.class, statement::executeQuery);
            assertThat(refused.getMessage()).contains("was decided under other rules");
            assertThat(refused.getSQLState()).isEqualTo("0A000");
            assertThat(rows(other.executeQuery())).isEmpty();
        }
        try (PreparedStatement again = connection.prepareStatement(sql)) {
            again.setInt(1, 1);
            assertThat(rows(again.executeQuery())).containsExactly("***");
        }
    }

    /** Where all goes by Query messages, the PostgreSQL driver runs a statement to find out what it is like. */
    @Test
    void aPreparedStatementIsNotRunToDescribeIt() throws Exception {
        try (Connection simple = fixture.connect("preferQueryMode", "simple");
                PreparedStatement statement =
                        simple.prepareStatement("CREATE TEMP TABLE copied AS SELECT city FROM customers")) {
            tighten();
            for (ThrowingCallable describe :
                    List.<ThrowingCallable>of(statement::getMetaData, statement::getParameterMetaData)) {
                BautaSQLException refused = catchThrowableOfType(BautaSQLException.class, describe);
                assertThat(refused.getSQLState()).isEqualTo("0A000");
            }
            assertThatThrownBy(() -> query(simple, "SELECT city FROM copied")).hasMessageContaining("copied");
        }
    }

    @Test
    void aResultThatIsFetchedInPortionsEnds() throws Exception {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement();
                Statement other = connection.createStatement()) {
            statement.setFetchSize(1);
            other.setFetchSize(1);
            ResultSet result = statement.executeQuery("SELECT city FROM customers ORDER BY id");
            ResultSet clear = other.executeQuery("SELECT generate_series(1, 3)");
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isEqualTo("Rome");
            assertThat(clear.next()).isTrue();
            tighten();
            assertThat(rows(clear)).containsExactly("2", "3");
            BautaSQLException refused = catchThrowableOfType(BautaSQLException.class, result::next);
            assertThat(refused.getMessage()).contains("selected under other rules");
            assertThat(catchThrowableOfType(SQLException.class, result::isLast).getMessage())
                    .isEqualTo(refused.getMessage());
        }
    }

    @Test
    void aResultThatIsScrolledEnds() throws Exception {
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            ResultSet result = statement.executeQuery("SELECT city FROM customers ORDER BY id");
            assertThat(result.absolute(2)).isTrue();
            tighten();
            for (ThrowingCallable move : List.<ThrowingCallable>of(
                    result::first,
                    result::last,
                    result::previous,
                    () -> result.absolute(1),
                    () -> result.relative(1))) {
                assertThatThrownBy(move).hasMessageContaining("selected under other rules");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXECUTE q", "EXPLAIN ANALYZE EXECUTE q", "FETCH ALL FROM c", "FETCH ALL FROM h"})
    void whatSqlHasPreparedIsRefused(String sql) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PREPARE q AS SELECT city FROM customers");
            statement.execute("DECLARE h CURSOR WITH HOLD FOR SELECT city FROM customers");
            connection.setAutoCommit(false);
            statement.execute("DECLARE c CURSOR FOR SELECT city FROM customers");
            assertThat(statement.execute(sql)).isTrue();
            tighten();
            BautaSQLException refused = catchThrowableOfType(BautaSQLException.class, () -> statement.execute(sql));
            assertThat(refused.getSQLState()).isEqualTo("0A000");
            connection.rollback();
        }
    }

    /** The PostgreSQL driver fetches the rows of a cursor that a call names by a statement of its own. */
    @Test
    void aCursorThatACallNamesIsRefused() throws Exception {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE names (name refcursor)");
            statement.execute("DECLARE c CURSOR FOR SELECT 'in ' || city FROM customers");
            tighten();
            try (CallableStatement call =
                    connection.prepareCall("{? = call jsonb_populate_record(NULL::names, '{\"name\": \"c\"}')}")) {
                call.registerOutParameter(1, Types.REF_CURSOR);
                BautaSQLException refused = catchThrowableOfType(BautaSQLException.class, () -> {
                    call.execute();
                    call.getObject(1);
                });
                assertThat(refused.getSQLState()).isEqualTo("0A000");
            }
            connection.rollback();
        }
    }

    @Test
    void aRawConnectionEndsWhenItsRoleIsGone() throws Exception {
        try (Connection raw = fixture.connectAs("postgres");
                Statement statement = raw.createStatement()) {
            ResultSet open = statement.executeQuery("SELECT email FROM customers ORDER BY id");
            assertThat(open.next()).isTrue();
            fixture.replaceRules("users: postgres", "users: somebody");
            try {
                SQLException ended = catchThrowableOfType(SQLException.class, open::next);
                assertThat(ended.getSQLState()).isEqualTo("57P01");
                assertThat(raw.isClosed()).isTrue();
            } finally {
                fixture.replaceRules("users: somebody", "users: postgres");
            }
        }
    }

    /** For these the PostgreSQL driver sends statements of its own. */
    @Test
    void aRawConnectionEndsWhateverItAsks() throws Exception {
        for (Asking asking : List.<Asking>of(
                ResultSet::refreshRow,
                row -> row.getObject("cursor"),
                row -> row.getStatement().getConnection().getMetaData().getTables(null, "public", "%", null))) {
            try (Connection raw = fixture.connectAs("postgres");
                    Statement statement =
                            raw.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
                raw.setAutoCommit(false);
                statement.execute("DECLARE named CURSOR FOR SELECT email FROM customers");
                ResultSet row = statement.executeQuery(
                        "SELECT id, email, 'named'::refcursor AS cursor FROM customers ORDER BY id");
                assertThat(row.next()).isTrue();
                fixture.replaceRules("users: postgres", "users: somebody");
                try {
                    SQLException ended = catchThrowableOfType(SQLException.class, () -> asking.ask(row));
                    assertThat(ended.getSQLState()).isEqualTo("57P01");
                    assertThat(raw.isClosed()).isTrue();
                } finally {
                    fixture.replaceRules("users: somebody", "users: postgres");
                }
            }
        }
    }

    private interface Asking {
        void ask(ResultSet row) throws SQLException;
    }

    @Test
    void whatARawConnectionChangesIsKnownAtOnce() throws Exception {
        try (Connection raw = fixture.connectAs("postgres");
                Statement change = raw.createStatement();
                Statement asking = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(query(connection, "SELECT city FROM customers WHERE id = 1"))
                    .containsExactly("Rome");
            change.execute("CREATE VIEW letters AS SELECT email AS address FROM customers WHERE id = 1");
            change.execute("GRANT SELECT ON letters TO analyst");
            assertThat(query(connection, "SELECT address FROM letters")).containsExactly("***");
            connection.rollback();
            change.execute("DROP VIEW letters");
            assertThatThrownBy(() -> asking.execute("SELECT address FROM letters"))
                    .hasMessageContaining("letters");
        }
    }

    @Test
    void whatARawConnectionChangesByABatchOrALongTextIsKnownAtOnce() throws Exception {
        String view = "CREATE OR REPLACE VIEW papers AS SELECT %s AS address FROM customers WHERE id = 1";
        try (Connection raw = fixture.connectAs("postgres");
                Statement change = raw.createStatement()) {
            change.execute(view.formatted("city"));
            change.execute("GRANT SELECT ON papers TO analyst");
            assertThat(query(connection, "SELECT upper(address) FROM papers")).containsExactly("ROME");
            change.addBatch(view.formatted("email"));
            change.addBatch("SET a.b = 'd'");
            change.executeBatch();
            assertThat(query(connection, "SELECT address FROM papers")).containsExactly("***");
            change.execute(view.formatted("city"));
            assertThat(query(connection, "SELECT address FROM papers")).containsExactly("Rome");
            change.execute("/*" + " ".repeat(20_000) + "*/" + view.formatted("email"));
            assertThat(query(connection, "SELECT address FROM papers")).containsExactly("***");
            change.execute("DROP VIEW papers");
        }
    }

    @Test
    void whatARawConnectionChangesByATextThatFailsBehindItIsKnownAtOnce() throws Exception {
        String view = "CREATE OR REPLACE VIEW bills AS SELECT %s AS address FROM customers WHERE id = 1";
        try (Connection raw = fixture.connectAs("postgres");
                Statement change = raw.createStatement()) {
            change.execute(view.formatted("city"));
            change.execute("GRANT SELECT ON bills TO analyst");
            assertThat(query(connection, "SELECT upper(address) FROM bills")).containsExactly("ROME");
            String fails = "DO $$ BEGIN " + view.formatted("email") + "; COMMIT; RAISE 'late'; END $$";
            assertThatThrownBy(() -> change.execute(fails)).hasMessageContaining("late");
            assertThat(query(connection, "SELECT upper(address) FROM bills")).containsExactly("***");
            change.execute("DROP VIEW bills");
        }
    }

    /** At first the change is only prepared, and what is read of the catalogs meanwhile does not show it. */
    @Test
    void whatARawConnectionChangesInAGlobalTransactionIsKnownAtOnce() throws Exception {
        String view = "CREATE OR REPLACE VIEW receipts AS SELECT %s AS address FROM customers WHERE id = 1";
        BautaXADataSource source = new BautaXADataSource();
        source.setUrl(fixture.url());
        source.setBautaRules(fixture.rules.toString());
        XAConnection xa = source.getXAConnection("postgres", "postgres");
        XAConnection masked = source.getXAConnection("analyst", "analyst");
        try (Connection raw = xa.getConnection();
                Connection reading = masked.getConnection();
                Statement change = raw.createStatement()) {
            change.execute(view.formatted("city"));
            change.execute("GRANT SELECT ON receipts TO analyst");
            assertThat(query(reading, "SELECT upper(address) FROM receipts")).containsExactly("ROME");
            Xid id = new TestXid(31);
            xa.getXAResource().start(id, XAResource.TMNOFLAGS);
            change.execute(view.formatted("email"));
            xa.getXAResource().end(id, XAResource.TMSUCCESS);
            xa.getXAResource().prepare(id);
            assertThat(query(raw, "SELECT 1")).containsExactly("1");
            assertThat(query(reading, "SELECT city FROM customers WHERE id = 1"))
                    .containsExactly("Rome");
            xa.getXAResource().commit(id, false);
            assertThat(query(reading, "SELECT upper(address) FROM receipts")).containsExactly("***");
            change.execute("DROP VIEW receipts");
        } finally {
            xa.close();
            masked.close();
        }
    }

    /** PostgreSQL finds a schema of the search_path from when it exists, and the role may use it. */
    @Test
    void aSchemaThatComesIntoTheSearchPathIsKnownAtOnce() throws Exception {
        try (Connection raw = fixture.connectAs("postgres");
                Statement change = raw.createStatement()) {
            assertThat(query(connection, "SELECT upper(note) FROM orders LIMIT 0"))
                    .isEmpty();
            change.execute("CREATE SCHEMA analyst");
            change.execute("CREATE VIEW analyst.orders AS SELECT email AS note FROM customers WHERE id = 1");
            change.execute("GRANT SELECT ON analyst.orders TO analyst");
            assertThat(query(connection, "SELECT upper(note) FROM orders LIMIT 0"))
                    .isEmpty();
            change.execute("GRANT USAGE ON SCHEMA analyst TO analyst");
            assertThat(query(connection, "SELECT upper(note) FROM orders")).containsExactly("***");
            change.execute("DROP SCHEMA analyst CASCADE");
            assertThat(query(connection, "SELECT upper(note) FROM orders LIMIT 0"))
                    .isEmpty();
        }
    }

    /** No other session looks at the catalogs, and this one could go on in its transaction for hours. */
    @Test
    void whatOthersChangeIsKnownInALongTransaction() throws Exception {
        String view = "CREATE OR REPLACE VIEW notices AS SELECT %s AS address FROM customers WHERE id = 1";
        fixture.database.run(view.formatted("city") + "; GRANT SELECT ON notices TO analyst");
        fixture.skipToNextLook();
        assertThat(query(connection, "SELECT upper(address) FROM notices")).containsExactly("ROME");
        connection.setAutoCommit(false);
        assertThat(query(connection, "SELECT email FROM customers WHERE id = 1"))
                .containsExactly("***");
        fixture.database.run(view.formatted("email"));
        fixture.skipToNextLook();
        assertThat(query(connection, "SELECT upper(address) FROM notices")).containsExactly("***");
        connection.rollback();
        fixture.database.run("DROP VIEW notices");
    }

    /** The server does not see that one connection waits for another of the same session. */
    @Test
    void aLockThatWaitsForTheTransactionIsNotWaitedFor() throws Exception {
        try (Connection raw = fixture.connectAs("postgres");
                Connection watching = fixture.database.connect();
                Statement change = raw.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(query(connection, "SELECT polname FROM pg_policy")).isEmpty();
            change.execute("CREATE TABLE another (a int)");
            CompletableFuture<Void> locking = CompletableFuture.runAsync(
                    () -> fixture.database.run("BEGIN; LOCK TABLE pg_policy IN ACCESS EXCLUSIVE MODE; COMMIT"));
            List<String> waiting;
            do {
                waiting = query(watching, "SELECT 1 FROM pg_locks WHERE NOT granted");
            } while (waiting.isEmpty());
            assertThatThrownBy(() -> query(connection, "SELECT 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
            connection.rollback();
            locking.join();
            assertThat(query(connection, "SELECT email FROM customers WHERE id = 1"))
                    .containsExactly("***");
            change.execute("DROP TABLE another");
        }
    }

    /** What another session waits for can be what waits for this one's transaction. Nobody decides by old catalogs meanwhile. */
    @Test
    void whileAnotherConnectionWaitsToReadTheCatalogsNothingIsDecidedByOldOnes() throws Exception {
        String view = "CREATE OR REPLACE VIEW slips AS SELECT %s AS address FROM customers WHERE id = 1";
        fixture.database.run(view.formatted("city") + "; GRANT SELECT ON slips TO analyst");
        fixture.skipToNextLook();
        connection.setAutoCommit(false);
        assertThat(query(connection, "SELECT upper(address) FROM slips")).containsExactly("ROME");
        connection.commit();
        assertThat(query(connection, "SELECT 1")).containsExactly("1");
        try (Connection raw = fixture.connectAs("postgres");
                Connection other = fixture.connect();
                Connection locking = fixture.database.connect();
                Connection watching = fixture.database.connect();
                Statement change = raw.createStatement();
                Statement lock = locking.createStatement()) {
            change.execute(view.formatted("email"));
            locking.setAutoCommit(false);
            lock.execute("LOCK TABLE pg_policy IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<List<String>> reading = CompletableFuture.supplyAsync(() -> {
                try {
                    return query(other, "SELECT address FROM slips");
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            List<String> waiting;
            do {
                waiting = query(watching, "SELECT 1 FROM pg_locks WHERE NOT granted");
            } while (waiting.isEmpty());
            fixture.skipToNextLook();
            assertThatThrownBy(() -> query(connection, "SELECT upper(address) FROM slips"))
                    .hasFieldOrPropertyWithValue("SQLState", "55P03");
            connection.rollback();
            locking.rollback();
            assertThat(reading.join()).containsExactly("***");
            assertThat(query(connection, "SELECT address FROM slips")).containsExactly("***");
            connection.rollback();
            change.execute("DROP VIEW slips");
        }
    }

    /** A server that is full for a moment must not end transactions, and one that stays so must not keep them from new catalogs. */
    @Test
    void whereNobodyCanLookForMinutesNothingIsDecidedInATransaction() throws Exception {
        fixture.skipToNextLook();
        assertThat(query(connection, "SELECT city FROM customers WHERE id = 1")).containsExactly("Rome");
        connection.setAutoCommit(false);
        fixture.database.run("ALTER ROLE analyst CONNECTION LIMIT 1");
        fixture.skipToNextLook();
        assertThat(query(connection, "SELECT city FROM customers WHERE id = 1")).containsExactly("Rome");
        fixture.skipMinutes(5);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> query(connection, "SELECT city FROM customers WHERE id = 1"))
                    .hasMessageStartingWith("What was read of the catalogs is too old")
                    .hasFieldOrPropertyWithValue("SQLState", "53300");
        }
        connection.rollback();
        fixture.database.run("ALTER ROLE analyst CONNECTION LIMIT -1");
        assertThat(query(connection, "SELECT city FROM customers WHERE id = 1")).containsExactly("Rome");
        connection.rollback();
    }

    @Test
    void reloadsThatChangeNothingAreNotSeen() throws Exception {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT email, city FROM customers WHERE id = 1");
                Statement streaming = connection.createStatement()) {
            connection.setAutoCommit(false);
            streaming.setFetchSize(1);
            ResultSet result = streaming.executeQuery("SELECT city FROM customers ORDER BY id");
            for (int i = 0; i < 20; i++) {
                fixture.replaceRules("version: 1", "version: 1 # " + i);
                assertThat(rows(statement.executeQuery())).containsExactly("***,Rome");
            }
            assertThat(rows(result)).containsExactly("Rome", "Oslo", "null");
            connection.commit();
            assertThat(query(connection, "SELECT email FROM customers WHERE id = 2"))
                    .containsExactly("***");
        }
    }
}
