package dev.bauta.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
    @Test
    void givesADatabaseOfItsOwnOnARealServer() throws Exception {
        TestDatabase database = TestDatabase.create("CREATE TABLE t (a int); INSERT INTO t VALUES (7)");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT a FROM t")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getInt(1)).isEqualTo(7);
        }
    }
}
