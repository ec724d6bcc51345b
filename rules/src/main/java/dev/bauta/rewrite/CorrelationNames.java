package dev.bauta.rewrite;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.SqlNames;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.ParsedQuery;
import dev.bauta.parser.ParsedQuery.ColumnReference;
import dev.bauta.parser.TableReference;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The names by which a query reaches masked relations. A derived table has no schema, so {@code public.customers.email} becomes
 * {@code customers.email}; but where {@code archive.customers}, or something else of that name, could be meant by it, the derived table of
 * {@code public.customers} is called {@code "public.customers"}. Used for one statement.
 */
final class CorrelationNames {
    private final Tokens tokens;
    private final TokenRange statement;
    private final ParsedQuery query;
    private final RelationResolver resolver;

    /** Of relations without an alias. */
    private final Map<QualifiedName, String> names = new HashMap<>();

    CorrelationNames(Tokens tokens, TokenRange statement, ParsedQuery query, RelationResolver resolver) {
        this.tokens = tokens;
        this.statement = statement;
        this.query = query;
        this.resolver = resolver;
    }

    /**
     * The name of the derived table in the place of a reference.
     *
     * @param edits where those of the names of columns are added
     */
    String of(TableReference reference, Relation relation, List<Edit> edits) throws RefusedException {
        if (reference.alias() != null) {
            return reference.alias();
        }
        String known = names.get(relation.name());
        if (known != null) {
            return known;
        }
        List<TableReference> own = new ArrayList<>();
        List<TableReference> others = new ArrayList<>();
        for (TableReference each : query.tables()) {
            if (each.correlationName().equals(reference.correlationName())) {
                boolean same = each.alias() == null
                        && resolver.resolve(each.parts(), each.name().from())
                                .filter(found -> found.name().equals(relation.name()))
                                .isPresent();
                (same ? own : others).add(each);
            }
        }
        String name = relation.name().name();
        if (isShared(relation, own, others)) {
            name = relation.name().schema() + "." + name;
            requireFree(name, relation, reference);
            rename(relation, name, own, others, edits);
        } else {
            dropSchemas(relation, edits);
        }
        names.put(relation.name(), name);
        return name;
    }

    /** True where the name alone could mean something else, to the server or to who reads the statement. */
    private boolean isShared(Relation relation, List<TableReference> own, List<TableReference> others) {
        boolean beside = others.stream().anyMatch(other -> other.alias() == null && isIn(own, other.scope()));
        boolean outside = query.columns().stream()
                .anyMatch(column -> isQualified(column, relation) && !isIn(own, column.scope()));
        return beside || outside && namesAnother(relation, own);
    }

    private static boolean isIn(List<TableReference> references, int scope) {
        return references.stream().anyMatch(reference -> reference.scope() == scope);
    }

    /** Whether anything but the relation and columns bears its name: other relations, aliases, labels. */
    private boolean namesAnother(Relation relation, List<TableReference> own) {
        return IntStream.range(statement.from(), statement.to())
                .filter(i -> relation.name().name().equals(tokens.name(i)))
                .filter(i ->
                        own.stream().noneMatch(reference -> reference.name().contains(i)))
                .anyMatch(i -> query.columns().stream()
                        .noneMatch(column -> column.range().contains(i)));
    }

    private void requireFree(String name, Relation relation, TableReference reference) throws RefusedException {
        boolean taken = IntStream.range(statement.from(), statement.to()).anyMatch(i -> name.equals(tokens.name(i)));
        if (taken || name.getBytes(StandardCharsets.UTF_8).length > Tokens.LONGEST_NAME) {
            throw shared(relation, reference.name().from());
        }
    }

    private void rename(
            Relation relation, String name, List<TableReference> own, List<TableReference> others, List<Edit> edits)
            throws RefusedException {
        for (ColumnReference column : query.columns()) {
            int from = column.range().from();
            int table = table(column);
            boolean alone = table <= 0 && !column.parts().isEmpty();
            if (isQualified(column, relation)) {
                edits.add(Edit.replace(new TokenRange(from, from + 2 * table + 1), SqlNames.quote(name)));
            } else if (alone && column.parts().get(0).equals(relation.name().name())) {
                boolean inOwn = isIn(own, column.scope());
                boolean inOther = isIn(others, column.scope());
                if (table < 0 || inOwn == inOther) {
                    throw shared(relation, from);
                }
                if (inOwn) {
                    edits.add(Edit.replace(new TokenRange(from, from + 1), SqlNames.quote(name)));
                }
            }
        }
    }

    private void dropSchemas(Relation relation, List<Edit> edits) {
        for (ColumnReference column : query.columns()) {
            if (isQualified(column, relation)) {
                int from = column.range().from();
                edits.add(Edit.replace(new TokenRange(from, from + 2 * table(column)), ""));
            }
        }
    }

    /** True for a name of a column behind those of the relation and its schema. */
    private static boolean isQualified(ColumnReference column, Relation relation) {
        int table = table(column);
        return table >= 1
                && column.parts().get(table).equals(relation.name().name())
                && column.parts().get(table - 1).equals(relation.name().schema());
    }

    /** Which part is the name of a relation; negative where none is. */
    private static int table(ColumnReference column) {
        return column.parts().size() - (column.star() ? 1 : 2);
    }

    private static RefusedException shared(Relation relation, int token) {
        return new RefusedException(
                RefusalCode.NOT_ANALYSABLE,
                "relation " + relation.name() + " has no alias, and something else in the statement has its name, too",
                "Give the relation an alias.",
                token);
    }
}
