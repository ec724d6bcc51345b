package dev.bauta.jdbc.rules;

import dev.bauta.rulefile.RuleSet;
import dev.bauta.yaml.InvalidFileException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules that a connection names, read at the first connection and again when they have changed. Not thread-safe. */
public abstract sealed class RuleSource permits FileRules, ClassPathRules, WebRules {
    private static final Logger LOG = LoggerFactory.getLogger(RuleSource.class);

    /** Why the rules could not be used when they were looked at last. */
    private @Nullable String problem;

    RuleSource() {}

    /** Reads the rules. @throws SQLException one clear line when they cannot be used */
    public abstract RuleSet load() throws SQLException;

    /** The new rules when they have changed since they were last read. */
    abstract Optional<RuleSet> changed() throws SQLException;

    /** The new rules when they have changed. Rules that cannot be used leave the last good ones in force, loudly, once for each reason. */
    public final Optional<RuleSet> loadWhenChanged() {
        try {
            Optional<RuleSet> changed = changed();
            if (changed.isPresent()) {
                problem = null;
            }
            return changed;
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).equals(problem)) {
                problem = e.getMessage();
                LOG.atError()
                        .addKeyValue("problem", problem)
                        .log("The rules cannot be read anew; the last good ones stay in force");
            }
            return Optional.empty();
        }
    }

    /** Reads a rule set. */
    interface Reading {
        RuleSet read() throws InvalidFileException;
    }

    /** What a reading gives, its first problem as an {@code SQLException}. */
    static RuleSet read(Reading reading) throws SQLException {
        try {
            return reading.read();
        } catch (InvalidFileException e) {
            int more = e.problems().size() - 1;
            throw unusable(e.problems().get(0) + (more == 0 ? "" : " (and " + more + " more)"));
        }
    }

    static SQLException unusable(String why) {
        return new SQLException("The rules cannot be used: " + why, "08001");
    }
}
