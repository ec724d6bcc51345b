package dev.bauta.jdbc.wrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.testing.TestDatabase;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;

class PgSideTest {
    private final TestDatabase database = TestDatabase.create("");

    private BaseConnection simple() throws SQLException {
        String url = database.url() + "?preferQueryMode=simple";
        return DriverManager.getConnection(url, "postgres", "postgres").unwrap(BaseConnection.class);
    }

    @Test
    void stepIsKept() throws SQLException {
        try (BaseConnection raw = simple()) {
            new PgSide(raw).requireInStep();
            raw.setAutoCommit(false);
            new PgSide(raw).requireInStep();
            assertThat(raw.getAutoCommit()).isFalse();
            assertThat(new PgSide(raw).inTransaction()).isFalse();
        }
    }

    /** Else the answers to what an application asks could pass for the catalogs. */
    @Test
    void aConnectionOutOfStepIsClosed() throws SQLException {
        try (BaseConnection raw = simple();
                Statement statement = raw.createStatement()) {
            statement.addBatch("SELECT 1");
            statement.addBatch("");
            statement.addBatch("SELECT 2");
            statement.executeBatch();
            try (ResultSet result = statement.executeQuery("SELECT 3")) {
                assertThat(result.next()).isTrue();
                assertThat(result.getInt(1))
                        .as("the defect of the PostgreSQL driver")
                        .isEqualTo(2);
            }
            assertThatThrownBy(() -> new PgSide(raw).requireInStep()).hasMessageContaining("connection was closed");
            assertThat(raw.isClosed()).isTrue();
        }
    }
}
