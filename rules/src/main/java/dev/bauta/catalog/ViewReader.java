package dev.bauta.catalog;

import static dev.bauta.catalog.CatalogTransaction.oid;

import dev.bauta.catalog.NodeTree.Items;
import dev.bauta.catalog.NodeTree.MalformedTreeException;
import dev.bauta.catalog.NodeTree.Node;
import dev.bauta.catalog.NodeTree.Term;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lineage of views and materialized views out of their {@code _RETURN} rules.
 *
 * <p>The rule's target list holds, for each output column, the origin that PostgreSQL itself found when the view was
 * created and would report in a RowDescription of the same query ({@code TargetEntry.resorigtbl} and
 * {@code resorigcol}), so no view is described or run for this, and no privilege on anything is needed. Not thread-safe.
 */
final class ViewReader {
    /**
     * The server locks a view, and those behind it, to say whether it can be written to, so that it would wait for whoever replaces one of
     * them in a long transaction: where there is somebody, all views count as if they could. It would wait for REFRESH as well.
     */
    private static final String RULES =
            """
            WITH locked AS MATERIALIZED (
              SELECT FROM pg_catalog.pg_locks l
              JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
              JOIN pg_catalog.pg_class v ON v.oid = l.relation AND v.relkind = 'v'
              WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
            )
            SELECT r.ev_class, r.ev_action::pg_catalog.text,
                   CASE WHEN c.relkind = 'm' THEN false
                        WHEN EXISTS (SELECT FROM locked) THEN true
                        ELSE pg_catalog.pg_relation_is_updatable(r.ev_class, false) <> 0
                   END
            FROM pg_catalog.pg_rewrite r
            JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
            WHERE r.ev_type = '1' AND r.oid >= 16384 AND c.relkind IN ('v', 'm') AND c.relpersistence <> 't'
            """;

    private static final String DEPENDENCIES =
            """
            SELECT r.ev_class, d.refclassid::pg_catalog.regclass::pg_catalog.text, d.refobjid, d.refobjsubid
            FROM pg_catalog.pg_depend d
            JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
            WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.deptype = 'n'
              AND r.ev_type = '1' AND r.oid >= 16384
            """;

    private static final String DEFINITION_FUNCTIONS =
            """
            SELECT oid FROM pg_catalog.pg_proc
            WHERE pronamespace = 'pg_catalog'::pg_catalog.regnamespace AND oid < 16384
              AND proname = ANY (pg_catalog.string_to_array(?, ' '))
            """;

    private final Map<Integer, Relation> relations = new HashMap<>();
    /** The column that stands for all definitions. */
    private final Set<ColumnOrigin> definitions = new HashSet<>();

    private final Set<Integer> definitionFunctions = new HashSet<>();
    private final UnsafeNames unsafe;
    private final Map<Integer, String> rules = new HashMap<>();
    private final Set<Integer> writable = new HashSet<>();
    private final Map<Integer, Set<ColumnOrigin>> dependencies = new HashMap<>();
    private final Map<Integer, Set<QualifiedName>> unsafeCalls = new HashMap<>();

    ViewReader(List<Relation> relations, UnsafeNames unsafe) {
        for (Relation relation : relations) {
            this.relations.put(relation.oid(), relation);
            if (relation.name().equals(new QualifiedName("pg_catalog", "pg_rewrite"))) {
                relation.findColumn("ev_action")
                        .ifPresent(column -> definitions.add(new ColumnOrigin(relation.oid(), column.number())));
            }
        }
        this.unsafe = unsafe;
    }

    /** Lineage by the view's oid. */
    Map<Integer, ViewLineage> read(CatalogTransaction transaction) throws SQLException {
        transaction.query(RULES, row -> {
            rules.put(oid(row, 1), row.getString(2));
            if (row.getBoolean(3)) {
                writable.add(oid(row, 1));
            }
        });
        transaction.query(
                DEPENDENCIES, row -> addDependency(oid(row, 1), row.getString(2), oid(row, 3), row.getInt(4)));
        transaction.query(
                DEFINITION_FUNCTIONS,
                row -> definitionFunctions.add(oid(row, 1)),
                String.join(" ", ViewLineage.DEFINITION_FUNCTIONS));
        Map<Integer, ViewLineage> views = new HashMap<>();
        QuietCalls quiet = QuietCalls.read(transaction);
        rules.forEach((view, rule) -> views.put(view, lineage(view, rule, quiet)));
        return views;
    }

    private void addDependency(int view, String catalog, int object, int column) {
        switch (catalog) {
            case "pg_class" ->
                dependencies.computeIfAbsent(view, v -> new HashSet<>()).add(new ColumnOrigin(object, column));
            case "pg_proc" -> addCalls(view, unsafe.functions().get(object));
            case "pg_operator" -> addCalls(view, unsafe.operators().get(object));
            default -> {}
        }
    }

    private void addCalls(int view, @Nullable Set<QualifiedName> calls) {
        if (calls != null) {
            unsafeCalls.computeIfAbsent(view, v -> new HashSet<>()).addAll(calls);
        }
    }

    private ViewLineage lineage(int oid, String rule, QuietCalls quiet) {
        Relation view = relations.get(oid);
        if (view == null) {
            return unknown(oid);
        }
        try {
            return lineage(view, NodeTree.parse(rule), quiet);
        } catch (MalformedTreeException e) {
            return unknown(oid);
        }
    }

    /** Without a tree every column of every relation that the view depends on counts as used. */
    private ViewLineage unknown(int view) {
        Set<ColumnOrigin> uses = new HashSet<>();
        dependencies.getOrDefault(view, Set.of()).forEach(d -> addAllColumns(d.relation(), uses));
        return new ViewLineage(
                uses, dependsOn(view), Map.of(), true, true, Set.of(), Set.of(), false, writable.contains(view));
    }

    private ViewLineage lineage(Relation view, Term tree, QuietCalls quiet) throws MalformedTreeException {
        TreeReferences references = new TreeReferences();
        references.add(tree);
        Map<Integer, ColumnOrigin> origins = references.setOperations() ? Map.of() : origins(view, tree);
        Set<QualifiedName> calls = unsafeCalls(view.oid(), references);
        Set<Integer> repeated = new HashSet<>(references.repeated());
        // Up to PostgreSQL 15 the tree names the view itself, twice.
        repeated.remove(view.oid());
        Set<Integer> relations = dependsOn(view.oid());
        relations.addAll(references.columns().keySet());
        relations.remove(view.oid());
        return new ViewLineage(
                uses(view, references),
                relations,
                origins,
                quiet.isTelling(references),
                !calls.isEmpty(),
                calls,
                repeated,
                !references.setOperations(),
                writable.contains(view.oid()));
    }

    private Set<Integer> dependsOn(int view) {
        return dependencies.getOrDefault(view, Set.of()).stream()
                .map(ColumnOrigin::relation)
                .filter(relation -> relation != view)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Set<ColumnOrigin> uses(Relation view, TreeReferences references) {
        Set<ColumnOrigin> uses = new HashSet<>();
        references.columns().forEach((relation, columns) -> columns.forEach(c -> addColumn(relation, c, uses)));
        for (ColumnOrigin dependency : dependencies.getOrDefault(view.oid(), Set.of())) {
            if (dependency.column() > 0) {
                uses.add(dependency);
            } else if (dependency.column() == 0 && !references.columns().containsKey(dependency.relation())) {
                addAllColumns(dependency.relation(), uses);
            }
        }
        uses.removeIf(origin -> origin.relation() == view.oid());
        if (references.functions().stream().anyMatch(definitionFunctions::contains)) {
            uses.addAll(definitions);
        }
        return uses;
    }

    private void addColumn(int relation, int column, Set<ColumnOrigin> uses) {
        if (column == 0) {
            addAllColumns(relation, uses);
        } else {
            uses.add(new ColumnOrigin(relation, column));
        }
    }

    private void addAllColumns(int relation, Set<ColumnOrigin> uses) {
        Relation known = relations.get(relation);
        if (known != null) {
            known.columns().forEach(column -> uses.add(new ColumnOrigin(relation, column.number())));
        }
    }

    private Set<QualifiedName> unsafeCalls(int view, TreeReferences references) {
        references
                .functions()
                .forEach(function -> addCalls(view, unsafe.functions().get(function)));
        references
                .operators()
                .forEach(operator -> addCalls(view, unsafe.operators().get(operator)));
        references.types().forEach(type -> addCalls(view, unsafe.types().get(type)));
        return unsafeCalls.getOrDefault(view, Set.of());
    }

    /** The origins in the outermost query's target list; 0 is a computed column or a whole row, below 0 a system column. */
    private static Map<Integer, ColumnOrigin> origins(Relation view, Term tree) throws MalformedTreeException {
        Map<Integer, ColumnOrigin> origins = new HashMap<>();
        Set<Integer> seen = new HashSet<>();
        for (Term term : outermostQuery(tree).list("targetList")) {
            if (!(term instanceof Node entry)) {
                throw new MalformedTreeException();
            }
            if (!isJunk(entry)) {
                seen.add(entry.number("resno"));
                ColumnOrigin origin = new ColumnOrigin(entry.number("resorigtbl"), entry.number("resorigcol"));
                if (origin.relation() != 0 && origin.column() > 0) {
                    origins.put(entry.number("resno"), origin);
                }
            }
        }
        if (!seen.equals(
                new HashSet<>(view.columns().stream().map(Column::number).toList()))) {
            throw new MalformedTreeException();
        }
        return origins;
    }

    private static boolean isJunk(Node entry) throws MalformedTreeException {
        return !entry.field("resjunk").equals(new NodeTree.Atom("false"));
    }

    private static Node outermostQuery(Term tree) throws MalformedTreeException {
        if (tree instanceof Items items
                && items.terms().size() == 1
                && items.terms().get(0) instanceof Node query
                && query.tag().equals("QUERY")) {
            return query;
        }
        throw new MalformedTreeException();
    }
}
