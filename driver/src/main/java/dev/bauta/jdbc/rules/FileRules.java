package dev.bauta.jdbc.rules;

import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules in a file and those that it includes. What has changed is taken at the second look that finds it so, since half a file can be a rule
 * file as well, or at the first where nothing was written to it for a while. What cannot be read is tried again at each look: what stands in the way
 * (rights, a key that is not there yet, too many open files) can go without a change of the file.
 */
final class FileRules extends RuleSource {
    /** By the time of its last change, what nobody has written to for so long is whole. */
    private static final Duration WHOLE_AFTER = Duration.ofSeconds(10);

    private final Path file;
    private final KeyReference key;
    /** What the files were when they could be used. */
    private @Nullable Map<Path, State> taken;
    /** What the last look found. */
    private Map<Path, State> seen = Map.of();

    FileRules(Path file, KeyReference key) {
        this.file = file;
        this.key = key;
    }

    /** What tells one content of the file from another without reading it; absent for a file that cannot be looked at. */
    private record State(Optional<FileTime> modified, long size, Optional<Object> identity) {
        static State of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new State(
                        Optional.of(attributes.lastModifiedTime()),
                        attributes.size(),
                        Optional.ofNullable(attributes.fileKey()));
            } catch (IOException e) {
                // Reading the file is going to say what is wrong with it.
                return new State(Optional.empty(), 0, Optional.empty());
            }
        }

        boolean isBefore(Instant time) {
            return modified.isPresent() && modified.get().toInstant().isBefore(time);
        }
    }

    @Override
    public RuleSet load() throws SQLException {
        Map<Path, State> looked = look(RuleFile.watched(file));
        Map<String, String> environment = key.environment();
        RuleSet rules = read(() -> RuleFile.load(file, environment));
        taken = looked;
        return rules;
    }

    @Override
    Optional<RuleSet> changed() throws SQLException {
        Map<Path, State> last = taken;
        if (last == null) {
            return Optional.of(load());
        }
        Map<Path, State> found = look(last.keySet());
        boolean settled = found.equals(seen) || isLongWritten(found);
        seen = found;
        return found.equals(last) || !settled ? Optional.empty() : Optional.of(load());
    }

    private static boolean isLongWritten(Map<Path, State> files) {
        Instant then = Instant.now().minus(WHOLE_AFTER);
        return files.values().stream().allMatch(state -> state.isBefore(then));
    }

    private static Map<Path, State> look(Set<Path> files) {
        Map<Path, State> states = new HashMap<>();
        files.forEach(each -> states.put(each, State.of(each)));
        return states;
    }
}
