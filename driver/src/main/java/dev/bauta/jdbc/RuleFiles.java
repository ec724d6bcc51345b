package dev.bauta.jdbc;

import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rule file that a URL names, read at the first connection and again when it has changed. Not thread-safe. */
final class RuleFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RuleFiles.class);

    private final Path file;
    private @Nullable State seen;

    RuleFiles(Path file) {
        this.file = file;
    }

    /** What tells one content of the file from another without reading it; absent for a file that cannot be looked at. */
    private record State(Optional<FileTime> modified, long size) {
        static State of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new State(Optional.of(attributes.lastModifiedTime()), attributes.size());
            } catch (IOException e) {
                // Reading the file is going to say what is wrong with it.
                return new State(Optional.empty(), 0);
            }
        }
    }

    /** Reads the file. @throws SQLException one clear line when it cannot be used */
    RuleSet load() throws SQLException {
        seen = State.of(file);
        try {
            return RuleFile.load(file);
        } catch (InvalidFileException e) {
            throw new SQLException("The rules cannot be used: " + firstOf(e), "08001");
        }
    }

    /** The new rules when the file has changed. A file that cannot be used leaves the last good rules in force, loudly. */
    Optional<RuleSet> loadWhenChanged() {
        if (State.of(file).equals(seen)) {
            return Optional.empty();
        }
        try {
            return Optional.of(load());
        } catch (SQLException e) {
            LOG.atError()
                    .addKeyValue("problem", e.getMessage())
                    .log("The rule file has changed and cannot be used; " + "the last good rules stay in force");
            return Optional.empty();
        }
    }

    private static String firstOf(InvalidFileException e) {
        int more = e.problems().size() - 1;
        return e.problems().get(0) + (more == 0 ? "" : " (and " + more + " more)");
    }
}
