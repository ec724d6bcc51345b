package dev.bauta.rulefile;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is done to data: the part of the rules that the file has for everybody, and that a role can have for itself. Immutable.
 *
 * @param columns first match wins
 * @param tags first match wins
 */
public record DataRules(List<ColumnRule> columns, List<TagRule> tags) {
    /** No rules at all. */
    public static final DataRules NONE = new DataRules(List.of(), List.of());

    public DataRules {
        columns = List.copyOf(columns);
        tags = List.copyOf(tags);
    }

    /** True when there is nothing in it. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** What is done to columns of a tag, if a rule says so. */
    public Optional<TagRule> findTagRule(String tag) {
        return tags.stream().filter(rule -> rule.tag().matches(tag)).findFirst();
    }

    /** Without what has ended. */
    DataRules at(Instant now) {
        return new DataRules(inForce(columns, now), inForce(tags, now));
    }

    /** The moments at which parts of it end. */
    Stream<Instant> ends() {
        return Stream.concat(columns.stream(), tags.stream()).map(Expiry::until).flatMap(DataRules::stream);
    }

    private static Stream<Instant> stream(@Nullable Instant instant) {
        return Stream.ofNullable(instant).map(Objects::requireNonNull);
    }

    static <E extends Expiry> List<E> inForce(List<E> entries, Instant now) {
        return entries.stream().filter(entry -> entry.isInForce(now)).toList();
    }
}
