package dev.bauta.rewrite;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.ParsedQuery;
import dev.bauta.parser.ParsedQuery.ColumnReference;
import dev.bauta.parser.ParsedQuery.Join;
import dev.bauta.parser.TableReference;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which columns of a relation a statement can need. A column can be left out of the masked relation when no token bears its name
 * and nothing takes columns unnamed.
 */
public final class NamedColumns {
    private static final List<String> SYSTEM_COLUMNS = List.of("tableoid", "xmax", "cmax", "xmin", "cmin", "ctid");

    private final ParsedQuery query;
    private final Set<String> names = new HashSet<>();
    /** The scopes in which a bare star stands. */
    private final BitSet starred = new BitSet();
    /** What stands before the dot of a star, or alone: the names of relations that are taken whole. */
    private final Set<String> lastNames = new HashSet<>();
    /** What stands behind a point, by the name before it. */
    private final Map<String, Set<String>> attributes = new HashMap<>();

    /** The names of system columns that are taken, each with what stands before it; the empty name for nothing. */
    private final Map<String, Set<String>> qualifiersOfSystemColumns = new HashMap<>();

    /** @param statement the whole statement that carries the query */
    public NamedColumns(Tokens tokens, TokenRange statement, ParsedQuery query) {
        this.query = query;
        for (int i = statement.from(); i < statement.to(); i++) {
            String name = tokens.name(i);
            if (name != null) {
                names.add(name);
            }
        }
        query.columns().forEach(this::add);
    }

    private void add(ColumnReference column) {
        List<String> parts = column.parts();
        int last = parts.size() - 1;
        if (last < 0) {
            starred.set(column.scope());
            return;
        }
        lastNames.add(parts.get(last));
        if (!column.star() && last > 0) {
            attributes
                    .computeIfAbsent(parts.get(last - 1), name -> new HashSet<>())
                    .add(parts.get(last));
        }
        if (!column.star() && SYSTEM_COLUMNS.contains(parts.get(last))) {
            qualifiersOfSystemColumns
                    .computeIfAbsent(parts.get(last), name -> new HashSet<>())
                    .add(last == 0 ? "" : parts.get(last - 1));
        }
    }

    /** The columns to list for a reference, in the relation's order. */
    public List<Column> of(TableReference reference, Relation relation) {
        if (takesAll(reference, relation)) {
            return relation.columns();
        }
        return named(relation);
    }

    /** The columns whose names stand somewhere in the statement. */
    List<Column> named(Relation relation) {
        return relation.columns().stream()
                .filter(column -> names.contains(column.name()))
                .toList();
    }

    /** True when the name may stand for the whole row of a relation somewhere in the statement. */
    boolean mayTakeRow(String correlationName) {
        return query.columns().stream().filter(column -> !column.star()).anyMatch(column -> column.parts()
                .get(column.parts().size() - 1)
                .equals(correlationName));
    }

    /** True when the name stands somewhere in the statement, whatever it means there. */
    boolean isNamed(String column) {
        return names.contains(column);
    }

    /**
     * The system columns that the statement takes from a reference.
     *
     * @param placed true where it must not be told where a row lies
     */
    List<String> systemColumns(TableReference reference, Relation relation, boolean placed) throws RefusedException {
        if (SYSTEM_COLUMNS.stream().noneMatch(names::contains)) {
            return List.of();
        }
        List<String> taken = SYSTEM_COLUMNS.stream()
                .filter(column -> takesSystemColumn(column, reference))
                .toList();
        if (!taken.isEmpty() && takesUnnamed(reference)) {
            throw new RefusedException(
                    RefusalCode.NOT_ANALYSABLE,
                    "system column " + taken.get(0)
                            + " of a protected relation cannot be combined with *, NATURAL, a whole row"
                            + " or a column alias list",
                    "Name the columns that you need.",
                    reference.name().from());
        }
        if (placed && (taken.contains("tableoid") || taken.contains("ctid"))) {
            throw new RefusedException(
                    RefusalCode.PROTECTED_COLUMN,
                    "system columns tableoid and ctid of relation " + relation.name()
                            + " would tell in which partition a row is, which a protected column decides",
                    "Name other columns.",
                    reference.name().from());
        }
        return taken;
    }

    private boolean takesSystemColumn(String column, TableReference reference) {
        Set<String> qualifiers = qualifiersOfSystemColumns.getOrDefault(column, Set.of());
        return qualifiers.contains("") || qualifiers.contains(reference.correlationName());
    }

    private boolean takesAll(TableReference reference, Relation relation) {
        return takesUnnamed(reference)
                || takesRow(reference.correlationName(), relation)
                || joins(reference).anyMatch(join -> takesRow(join.alias(), relation));
    }

    private boolean takesUnnamed(TableReference reference) {
        return reference.columnAliases()
                || reference.tableCommand()
                || query.scopes().get(reference.scope()).natural()
                || starred.get(reference.scope())
                || lastNames.contains(reference.correlationName())
                || joins(reference).anyMatch(join -> join.columnAliases() || lastNames.contains(join.alias()));
    }

    private Stream<Join> joins(TableReference reference) {
        return query.scopes().get(reference.scope()).joinsAround(reference);
    }

    /**
     * True where the name stands before what is no column of the relation: {@code c.to_jsonb} is {@code to_jsonb(c)}. Elsewhere in the statement
     * the name can be another relation's, so that this alone is no reason to refuse anything.
     */
    private boolean takesRow(String name, Relation relation) {
        return attributes.getOrDefault(name, Set.of()).stream()
                .anyMatch(attribute -> !SYSTEM_COLUMNS.contains(attribute)
                        && relation.findColumn(attribute).isEmpty());
    }
}
