package dev.bauta.catalog;

import static dev.bauta.catalog.CatalogTransaction.oid;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds the operator classes behind which unsafe functions stand: those that support an index, or are those of its operators. Not thread-safe. */
final class OperatorClassReader {
    /** What one class of a family calls, others can have called by way of the family. */
    private static final String CLASSES =
            """
            SELECT c.oid, n.nspname, c.opcname, CASE WHEN c.opcdefault THEN c.opcintype ELSE 0 END, f.oid
            FROM pg_catalog.pg_opclass c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace
            JOIN (
              SELECT amprocfamily, amproc::pg_catalog.oid FROM pg_catalog.pg_amproc
              UNION
              SELECT o.amopfamily, p.oprcode::pg_catalog.oid
              FROM pg_catalog.pg_amop o
              JOIN pg_catalog.pg_operator p ON p.oid = o.amopopr
            ) AS f (family, oid) ON f.family = c.opcfamily AND f.oid >= 16384
            """;

    private static final String RANGES = "SELECT rngtypid, rngsubopc FROM pg_catalog.pg_range WHERE rngtypid >= 16384";

    private final Map<QualifiedName, Set<QualifiedName>> classes = new HashMap<>();
    private final Map<Integer, Set<QualifiedName>> types = new HashMap<>();

    private OperatorClassReader() {}

    static OperatorClassReader read(CatalogTransaction transaction, Map<Integer, QualifiedName> functions)
            throws SQLException {
        OperatorClassReader found = new OperatorClassReader();
        Map<Integer, Set<QualifiedName>> byOid = new HashMap<>();
        transaction.query(CLASSES, row -> {
            QualifiedName function = functions.get(oid(row, 5));
            if (function != null) {
                QualifiedName name = new QualifiedName(row.getString(2), row.getString(3));
                add(found.classes, name, function);
                add(byOid, oid(row, 1), function);
                int type = oid(row, 4);
                if (Integer.compareUnsigned(type, CatalogSnapshot.FIRST_NORMAL_OID) >= 0) {
                    add(found.types, type, function);
                }
            }
        });
        if (!byOid.isEmpty()) {
            transaction.query(RANGES, row -> {
                Set<QualifiedName> calls = byOid.get(oid(row, 2));
                if (calls != null) {
                    found.types
                            .computeIfAbsent(oid(row, 1), t -> new HashSet<>())
                            .addAll(calls);
                }
            });
        }
        return found;
    }

    private static <K> void add(Map<K, Set<QualifiedName>> calls, K caller, QualifiedName function) {
        calls.computeIfAbsent(caller, c -> new HashSet<>()).add(function);
    }

    /** The unsafe functions behind them; a name can be that of several, for indexes of several kinds. */
    Map<QualifiedName, Set<QualifiedName>> classes() {
        return classes;
    }

    /** The types whose values are sorted and compared by one of them, by {@code pg_type.oid}: of the database's own, and ranges. */
    Map<Integer, Set<QualifiedName>> types() {
        return types;
    }
}
