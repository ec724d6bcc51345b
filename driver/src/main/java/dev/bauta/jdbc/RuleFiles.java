package dev.bauta.jdbc;

import dev.bauta.rulefile.RuleSet;
import java.nio.file.Path;
import java.sql.SQLException;

/** Reads the rule file that a URL names. */
final class RuleFiles {
    private RuleFiles() {}

    /** Reads it. @throws SQLException one clear line when the file cannot be used */
    @SuppressWarnings("DoNotCallSuggester") // Refuses until the rule file can be read.
    static RuleSet load(Path file) throws SQLException {
        throw new SQLException("The rule file " + file + " cannot be read.", "08001");
    }
}
