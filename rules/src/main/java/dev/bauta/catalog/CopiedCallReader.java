package dev.bauta.catalog;

import static dev.bauta.catalog.CatalogTransaction.oid;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Finds the tables whose definitions call unsafe functions: in checks, defaults, generated columns and indexes. Who may read such a table can make a
 * temporary one like it, and have them called with values of his own.
 */
final class CopiedCallReader {
    private static final String CALLS =
            """
            SELECT n.nspname, c.relname, d.refclassid::pg_catalog.regclass::pg_catalog.text, d.refobjid
            FROM (
              SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, oid, conrelid FROM pg_catalog.pg_constraint WHERE conrelid <> 0
              UNION ALL
              SELECT 'pg_catalog.pg_attrdef'::pg_catalog.regclass, oid, adrelid FROM pg_catalog.pg_attrdef
              UNION ALL
              SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, indexrelid, indrelid FROM pg_catalog.pg_index
            ) AS part (catalog, oid, relation)
            JOIN pg_catalog.pg_depend d ON d.classid = part.catalog AND d.objid = part.oid AND d.refobjid >= 16384
              AND d.refclassid IN ('pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_operator'::pg_catalog.regclass,
                'pg_catalog.pg_type'::pg_catalog.regclass)
            JOIN pg_catalog.pg_class c ON c.oid = part.relation
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            """;

    private CopiedCallReader() {}

    /** The unsafe functions by table; those behind a function, an operator and a type are found by its oid. */
    static Map<QualifiedName, Set<QualifiedName>> read(
            CatalogTransaction transaction,
            IntFunction<Set<QualifiedName>> functions,
            IntFunction<Set<QualifiedName>> operators,
            IntFunction<Set<QualifiedName>> types)
            throws SQLException {
        Map<QualifiedName, Set<QualifiedName>> tables = new HashMap<>();
        transaction.query(CALLS, row -> {
            IntFunction<Set<QualifiedName>> calls =
                    switch (row.getString(3)) {
                        case "pg_proc" -> functions;
                        case "pg_operator" -> operators;
                        case "pg_type" -> types;
                        default -> throw new IllegalStateException("not asked for: " + row.getString(3));
                    };
            Set<QualifiedName> called = calls.apply(oid(row, 4));
            if (!called.isEmpty()) {
                tables.computeIfAbsent(new QualifiedName(row.getString(1), row.getString(2)), t -> new HashSet<>())
                        .addAll(called);
            }
        });
        return tables;
    }
}
