package dev.bauta.rulefile;

import dev.bauta.catalog.QualifiedName;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is done to data: the part of the rules that the file has for everybody, and that a role can have for itself. Immutable.
 *
 * @param columns first match wins
 * @param tags first match wins
 * @param tables for each thing that they say, the first that matches and says it wins
 * @param unclassified what is done to columns of which no rule says anything; null when it is not said here
 * @param denied kinds of statements that are not allowed; null when it is not said here
 */
public record DataRules(
        List<ColumnRule> columns,
        List<TagRule> tags,
        List<TableRule> tables,
        @Nullable Posture unclassified,
        @Nullable Set<StatementKind> denied) {
    /** No rules at all. */
    public static final DataRules NONE = new DataRules(List.of(), List.of());

    public DataRules {
        columns = List.copyOf(columns);
        tags = List.copyOf(tags);
        tables = List.copyOf(tables);
        denied = denied == null ? null : Set.copyOf(denied);
    }

    /** Rules about columns alone. */
    public DataRules(List<ColumnRule> columns, List<TagRule> tags) {
        this(columns, tags, List.of(), null, null);
    }

    /** What is done to columns of a tag, if a rule says so. */
    public Optional<TagRule> findTagRule(String tag) {
        return tags.stream().filter(rule -> rule.tag().matches(tag)).findFirst();
    }

    /** The first rule about a table that says something. */
    public Optional<TableRule> findTableRule(QualifiedName table, Function<TableRule, @Nullable Object> what) {
        return tables.stream()
                .filter(rule ->
                        what.apply(rule) != null && rule.tables().stream().anyMatch(pattern -> pattern.matches(table)))
                .findFirst();
    }

    /** The column rules that can be about columns of a relation, and all else. */
    public DataRules on(QualifiedName relation) {
        return new DataRules(
                columns.stream()
                        .filter(rule -> rule.columns().canMatch(relation))
                        .toList(),
                tags,
                tables,
                unclassified,
                denied);
    }

    /** These rules, and behind them others, which say what is not said here. */
    public DataRules before(DataRules others) {
        return new DataRules(
                join(columns, others.columns),
                join(tags, others.tags),
                join(tables, others.tables),
                unclassified != null ? unclassified : others.unclassified,
                denied != null ? denied : others.denied);
    }

    private static <T> List<T> join(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** The kinds of statements that are not allowed. */
    public Set<StatementKind> deniedStatements() {
        return denied == null ? EnumSet.noneOf(StatementKind.class) : denied;
    }

    /** True when a mask of some rule can fail on values. */
    boolean mayFailOnValues() {
        return Stream.concat(
                        columns.stream().flatMap(rule -> rule.treatment().stream()),
                        tags.stream().map(TagRule::treatment))
                .anyMatch(treatment -> treatment instanceof Treatment.Masked masked
                        && masked.mask().mayFail());
    }

    /** Without what has ended. */
    DataRules at(Instant now) {
        return new DataRules(inForce(columns, now), inForce(tags, now), inForce(tables, now), unclassified, denied);
    }

    /** What of it can end by itself. */
    Stream<Expiry> entries() {
        return Stream.of(columns, tags, tables).flatMap(List::stream);
    }

    static <E extends Expiry> List<E> inForce(List<E> entries, Instant now) {
        return entries.stream().filter(entry -> entry.isInForce(now)).toList();
    }
}
