package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.proxy.testing.ProxyUnderTest;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A real driver in a masked session: prepared statements, batches, cursors, COPY, notifications, cancelling. */
class JdbcClientTest {
    private static ProxyUnderTest proxy;
    private Connection connection;

    @BeforeAll
    static void start() throws IOException {
        proxy = ProxyUnderTest.start("CREATE TABLE t (a int PRIMARY KEY, b text);");
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = proxy.connect("masked", "");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
        proxy.database().run("TRUNCATE t");
    }

    @Test
    void preparedStatementsBecomeServerPreparedAndStayRewritten() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT secret || ?")) {
            for (int i = 0; i < 12; i++) {
                statement.setString(1, "-" + i);
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    assertThat(result.getString(1)).isEqualTo("hidden-" + i);
                }
            }
        }
    }

    @Test
    void batchesAndTheirErrors() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
            for (int i = 0; i < 1_000; i++) {
                insert.setInt(1, i);
                insert.setString(2, "row " + i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(1_000);
            insert.setInt(1, 7);
            insert.setString(2, "again");
            insert.addBatch();
            assertThatThrownBy(insert::executeBatch)
                    .isInstanceOfSatisfying(BatchUpdateException.class, e -> assertThat(e.getSQLState())
                            .isEqualTo("23505"));
        }
        assertThat(values("SELECT count(*) FROM t")).containsExactly("1000");
    }

    @Test
    void aRefusalInATransactionCanBeRolledBack() throws SQLException {
        connection.setAutoCommit(false);
        values("INSERT INTO t VALUES (1, 'x') RETURNING a");
        assertThatThrownBy(() -> values("SELECT FORBIDDEN"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"))
                .hasMessage("ERROR: forbidden here\n  Hint: do something else\n  Position: 8");
        assertThatThrownBy(() -> values("SELECT 1"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
        connection.rollback();
        assertThat(values("SELECT count(*) FROM t")).containsExactly("0");
    }

    @Test
    void cursorsFetchInPortions() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(10);
            int rows = 0;
            try (ResultSet result = statement.executeQuery("SELECT secret FROM generate_series(1, 105)")) {
                while (result.next()) {
                    assertThat(result.getString(1)).isEqualTo("hidden");
                    rows++;
                }
            }
            assertThat(rows).isEqualTo(105);
        }
    }

    @Test
    void copyInAndOut() throws Exception {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        assertThat(copy.copyIn("COPY t FROM STDIN", new StringReader("1\tone\n2\ttwo\n")))
                .isEqualTo(2);
        StringWriter out = new StringWriter();
        copy.copyOut("COPY (SELECT a, secret FROM t ORDER BY a) TO STDOUT", out);
        assertThat(out).hasToString("1\thidden\n2\thidden\n");
        assertThatThrownBy(() -> copy.copyOut("COPY (SELECT FORBIDDEN) TO STDOUT", out))
                .hasMessageContaining("forbidden here");
        assertThat(values("SELECT 1")).containsExactly("1");
    }

    @Test
    void notifications() throws SQLException {
        values("LISTEN channel");
        proxy.database().run("NOTIFY channel, 'payload'");
        PGNotification[] received = connection.unwrap(PGConnection.class).getNotifications(10_000);
        assertThat(received).extracting(PGNotification::getParameter).containsExactly("payload");
    }

    @Test
    void queryTimeoutsCancel() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
        }
        assertThat(values("SELECT 1")).containsExactly("1");
    }

    private List<String> values(String text) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(text)) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    values.add(result.getString(1));
                }
            }
        }
        return values;
    }
}
