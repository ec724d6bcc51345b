package dev.bauta.rewrite;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.SqlNames;
import dev.bauta.mask.Row;
import dev.bauta.policy.Protection.Masked;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SQL of a masked relation: {@code SELECT r.id, <mask of r.email> AS email FROM public.customers AS r}. The same columns in
 * the same order with the same types as the relation has, masks in place of the protected ones.
 */
public final class MaskedRelation {
    private MaskedRelation() {}

    /**
     * The derived table's text up to and including the relation's alias, without parentheses, so that TABLESAMPLE can follow.
     *
     * @param columns what to list, in order
     * @param systemColumns names of system columns to list as well
     * @param only true to leave out children
     */
    public static String select(
            Relation relation,
            Masked protection,
            List<Column> columns,
            Collection<String> systemColumns,
            boolean only) {
        String list = Stream.concat(
                        columns.stream().map(column -> item(column, protection)),
                        systemColumns.stream().map(column -> Row.ALIAS + "." + column))
                .collect(Collectors.joining(", "));
        return "SELECT " + list + (list.isEmpty() ? "" : " ") + "FROM " + (only ? "ONLY " : "")
                + relation.name().sql() + " AS " + Row.ALIAS;
    }

    /**
     * What closes the derived table, behind a TABLESAMPLE: the row filter. OFFSET keeps PostgreSQL from looking at rows by the
     * query's own conditions first: a subquery with OFFSET is not pulled up, and nothing is pushed down into it.
     */
    static String tail(Masked protection) {
        return protection.isFiltered() ? " WHERE " + protection.rowCondition() + " OFFSET 0" : "";
    }

    /** Refuses columns that must not be taken at all. */
    static void requireAllowed(Relation relation, Masked protection, List<Column> columns, int token)
            throws RefusedException {
        for (Column column : columns) {
            MaskedColumn masked = protection.columns().get(column.number());
            if (masked != null && masked.isRefused()) {
                throw new RefusedException(
                        RefusalCode.PROTECTED_COLUMN,
                        "column " + SqlNames.quote(column.name()) + " of relation " + relation.name()
                                + " is refused to your role by " + masked.rule(),
                        "Name the columns that you need, without this one.",
                        token);
            }
        }
    }

    private static String item(Column column, Masked protection) {
        String reference = Row.reference(column);
        MaskedColumn masked = protection.columns().get(column.number());
        if (masked == null) {
            return reference;
        }
        return masked.mask().sql(reference, column.type()) + collate(column.collation()) + " AS "
                + SqlNames.quote(column.name());
    }

    private static String collate(@org.jspecify.annotations.Nullable QualifiedName collation) {
        return collation == null ? "" : " COLLATE " + collation.sql();
    }
}
