package dev.bauta.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** The engine of the rules module behind the driver. */
final class EngineSource {
    private EngineSource() {}

    /** Refuses until the engine is there. */
    static SessionSource create(Path rules, Connection connection) throws SQLException {
        throw new SQLException("The rule file " + rules + " cannot be used: there is no engine.", "08001");
    }
}
