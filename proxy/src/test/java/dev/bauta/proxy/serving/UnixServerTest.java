package dev.bauta.proxy.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.session.Limits;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is reached by its Unix-domain socket: for sessions, cancel requests and catalogs. */
class UnixServerTest {
    @Test
    void everythingGoesByTheSocket(@TempDir Path directory) throws Exception {
        try (ServedDatabase served = new ServedDatabase(
                        directory, new Operations(null, null), Limits.DEFAULT, UnixServerTest::socketOf);
                Connection dba = served.connect("postgres", "");
                Connection clerk = served.connect("clerk", "");
                Statement raw = dba.createStatement();
                Statement masked = clerk.createStatement()) {
            // The server may take a while to end the connections by which the database was filled.
            Awaitility.await().untilAsserted(() -> assertThat(one(
                            raw,
                            "SELECT count(*) FILTER (WHERE client_addr IS NOT NULL) || ' of ' || (count(*) > 2)"
                                    + " FROM pg_stat_activity WHERE datname = current_database()"))
                    .isEqualTo("0 of true"));
            assertThat(one(masked, "SELECT email FROM people WHERE id = 1")).doesNotContain("canary");
            raw.execute("CREATE TABLE people_later (email text); GRANT SELECT ON people_later TO clerk;"
                    + " INSERT INTO people_later SELECT 'canary' || i FROM generate_series(1, 50000) i");
            assertThat(one(masked, "SELECT string_agg(email, '') FROM people_later"))
                    .isNotEmpty()
                    .doesNotContain("canary");
            masked.setQueryTimeout(1);
            assertThatThrownBy(() -> masked.execute("SELECT pg_sleep(60)"))
                    .isInstanceOfSatisfying(SQLException.class, canceled -> assertThat(canceled.getSQLState())
                            .isEqualTo("57014"));
        }
    }

    /** Where the test's server listens beside its port. */
    private static Endpoint socketOf(TestDatabase database) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            return new Endpoint(one(statement, "SHOW unix_socket_directories").split(",")[0], database.port());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
