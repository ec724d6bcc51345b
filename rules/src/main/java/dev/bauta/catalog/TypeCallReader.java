package dev.bauta.catalog;

import static dev.bauta.catalog.CatalogTransaction.oid;

import dev.bauta.catalog.NodeTree.MalformedTreeException;
import dev.bauta.catalog.TypeReader.TypeRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds which types call unsafe functions when a statement names them: by a cast, by their input and output functions, by how
 * their values are sorted, by a domain's checks and default, or by a type inside them. Not thread-safe.
 */
final class TypeCallReader {
    private static final String CASTS =
            "SELECT castsource, casttarget, castfunc FROM pg_catalog.pg_cast WHERE castfunc <> 0";

    private static final String TYPE_FUNCTIONS =
            """
            SELECT t.oid, f.oid
            FROM pg_catalog.pg_type t
            LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
            CROSS JOIN LATERAL (VALUES (t.typinput::pg_catalog.oid), (t.typoutput), (t.typreceive), (t.typsend),
                (t.typmodin), (t.typmodout), (r.rngcanonical), (r.rngsubdiff)) AS f (oid)
            WHERE t.oid >= 16384 AND f.oid >= 16384
            """;

    private static final String DOMAIN_EXPRESSIONS =
            """
            SELECT contypid, conbin::pg_catalog.text FROM pg_catalog.pg_constraint
            WHERE contypid <> 0 AND contype = 'c' AND oid >= 16384
            UNION ALL
            SELECT oid, typdefaultbin::pg_catalog.text FROM pg_catalog.pg_type
            WHERE oid >= 16384 AND typdefaultbin IS NOT NULL
            """;

    /** Types inside types, apart from domains and arrays: of ranges, multiranges, composite types and the rows of relations. */
    private static final String PARTS =
            """
            SELECT rngtypid, rngsubtype FROM pg_catalog.pg_range WHERE rngtypid >= 16384
            UNION ALL
            SELECT t.oid, d.refobjid
            FROM pg_catalog.pg_type t
            JOIN pg_catalog.pg_depend d ON d.objid = t.oid
            WHERE t.typtype = 'm' AND t.oid >= 16384 AND d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
              AND d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
            UNION ALL
            SELECT c.reltype, a.atttypid
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
            WHERE c.reltype >= 16384 AND a.attnum > 0 AND NOT a.attisdropped
            """;

    private final CatalogTransaction transaction;
    private final TypeReader types;
    private final Map<Integer, QualifiedName> functions;
    private final Map<Integer, Set<QualifiedName>> operators;
    private final Map<Integer, Set<QualifiedName>> calls = new HashMap<>();
    /** Types of the database's own to which the expressions of domains cast. */
    private final List<Part> casts = new ArrayList<>();

    /** A type and one that it holds. */
    private record Part(int whole, int part) {}

    /**
     * @param functions the unsafe functions that a type can call, by oid
     * @param operators the functions of unsafe operators by the operator's oid
     * @param sorted the unsafe functions by which types are sorted and compared, by the type's oid
     */
    TypeCallReader(
            CatalogTransaction transaction,
            TypeReader types,
            Map<Integer, QualifiedName> functions,
            Map<Integer, Set<QualifiedName>> operators,
            Map<Integer, Set<QualifiedName>> sorted) {
        this.transaction = transaction;
        this.types = types;
        this.functions = functions;
        this.operators = operators;
        sorted.forEach((type, functionNames) -> calls.put(type, new HashSet<>(functionNames)));
    }

    /** The unsafe functions called, by the type's oid; types that call none are not keys. */
    Map<Integer, Set<QualifiedName>> read() throws SQLException {
        transaction.query(TYPE_FUNCTIONS, row -> addFunction(oid(row, 1), oid(row, 2)));
        transaction.query(CASTS, row -> addCast(oid(row, 1), oid(row, 2), oid(row, 3)));
        transaction.query(DOMAIN_EXPRESSIONS, row -> addExpression(oid(row, 1), row.getString(2)));
        spread();
        return calls;
    }

    private void add(int type, QualifiedName function) {
        calls.computeIfAbsent(type, t -> new HashSet<>()).add(function);
    }

    private void addFunction(int type, int function) {
        QualifiedName unsafe = functions.get(function);
        if (unsafe != null) {
            add(type, unsafe);
        }
    }

    /**
     * A cast is reached by naming its target, and also from a column of the source type; but when the source is one of
     * PostgreSQL's own types, the target must be named.
     */
    private void addCast(int source, int target, int function) {
        addFunction(target, function);
        if (Integer.compareUnsigned(source, CatalogSnapshot.FIRST_NORMAL_OID) >= 0) {
            addFunction(source, function);
        }
    }

    private void addExpression(int type, String tree) throws SQLException {
        TreeReferences references = new TreeReferences();
        try {
            references.add(NodeTree.parse(tree));
        } catch (MalformedTreeException e) {
            add(type, types.type(type).name());
            return;
        }
        references.functions().forEach(function -> addFunction(type, function));
        references.types().stream()
                .filter(cast -> Integer.compareUnsigned(cast, CatalogSnapshot.FIRST_NORMAL_OID) >= 0)
                .forEach(cast -> casts.add(new Part(type, cast)));
        for (int operator : references.operators()) {
            operators.getOrDefault(operator, Set.of()).forEach(function -> add(type, function));
        }
    }

    /** What a type calls, a type that holds it calls as well, and so does a domain whose expressions cast to it. */
    private void spread() throws SQLException {
        if (calls.isEmpty()) {
            return;
        }
        List<Part> parts = parts();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Part part : parts) {
                Set<QualifiedName> inner = calls.getOrDefault(part.part(), Set.of());
                if (!inner.isEmpty()) {
                    changed |= calls.computeIfAbsent(part.whole(), t -> new HashSet<>())
                            .addAll(inner);
                }
            }
        }
    }

    private List<Part> parts() throws SQLException {
        List<Part> parts = new ArrayList<>(casts);
        transaction.query(PARTS, row -> parts.add(new Part(oid(row, 1), oid(row, 2))));
        for (TypeRow type : types.types().values()) {
            if (type.base() != 0) {
                parts.add(new Part(type.oid(), type.base()));
            }
            if (type.element() != 0) {
                parts.add(new Part(type.oid(), type.element()));
            }
        }
        return parts;
    }
}
