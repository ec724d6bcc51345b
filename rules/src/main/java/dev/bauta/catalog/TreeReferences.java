package dev.bauta.catalog;

import dev.bauta.catalog.NodeTree.Atom;
import dev.bauta.catalog.NodeTree.Items;
import dev.bauta.catalog.NodeTree.MalformedTreeException;
import dev.bauta.catalog.NodeTree.Node;
import dev.bauta.catalog.NodeTree.Term;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a node tree refers to. {@code pg_depend} is not enough for that: it has no rows for objects that are pinned, such as
 * {@code query_to_xml} or {@code pg_statistic}, and forgets a reference to a whole row where the same rule also uses one of
 * the columns.
 *
 * <p>Which columns are read is taken from the bit sets by which PostgreSQL checks SELECT privileges. Not thread-safe.
 */
final class TreeReferences {
    /** In the bit sets, column 1 is bit 8: system columns and, as bit 7, the whole row come before. PostgreSQL 12 and later. */
    private static final int WHOLE_ROW_BIT = 7;

    private static final Set<String> FUNCTION_FIELDS =
            Set.of("funcid", "opfuncid", "aggfnoid", "winfnoid", "tsmhandler", "startInRangeFunc", "endInRangeFunc");
    private static final Set<String> OPERATOR_FIELDS = Set.of("opno", "opnos", "eqop", "sortop");
    private static final Set<String> TYPE_FIELDS = Set.of("resulttype");

    private final Map<Integer, Set<Integer>> columns = new HashMap<>();
    private final Set<Integer> repeated = new HashSet<>();
    private final Set<Integer> functions = new HashSet<>();
    private final Set<Integer> operators = new HashSet<>();
    private final Set<Integer> types = new HashSet<>();
    private boolean setOperations;
    private boolean ownSyntax;
    private boolean repeatedQueries;

    /** Adds everything that a tree refers to. */
    void add(Term term) throws MalformedTreeException {
        if (term instanceof Items items) {
            for (Term element : items.terms()) {
                add(element);
            }
        } else if (term instanceof Node node) {
            addNode(node);
        }
    }

    /** Numbers of the columns read, by relation; 0 stands for the whole row. */
    Map<Integer, Set<Integer>> columns() {
        return columns;
    }

    /** Oids of relations that are read more than once; all of them where a common table expression is. */
    Set<Integer> repeated() {
        return repeatedQueries ? columns.keySet() : repeated;
    }

    /** Oids of functions called. */
    Set<Integer> functions() {
        return functions;
    }

    /** Oids of operators used. */
    Set<Integer> operators() {
        return operators;
    }

    /** Oids of types that something is cast to. */
    Set<Integer> types() {
        return types;
    }

    /** True for the SQL standard's expressions of XML and JSON, which are no functions. */
    boolean hasOwnSyntax() {
        return ownSyntax;
    }

    /** True when UNION, INTERSECT or EXCEPT stands anywhere. */
    boolean setOperations() {
        return setOperations;
    }

    private void addNode(Node node) throws MalformedTreeException {
        ownSyntax |= node.tag().equals("XMLEXPR")
                || node.tag().startsWith("JSON")
                || node.tag().equals("TABLEFUNC");
        setOperations |= node.fields().get("setOperations") instanceof Node;
        repeatedQueries |= node.fields().containsKey("cterefcount") && node.number("cterefcount") > 1;
        if (node.fields().containsKey("selectedCols") && node.fields().containsKey("relid")) {
            addColumns(node);
        }
        for (Map.Entry<String, Term> field : node.fields().entrySet()) {
            addOids(field.getKey(), field.getValue());
            add(field.getValue());
        }
    }

    private void addColumns(Node node) throws MalformedTreeException {
        int relation = node.number("relid");
        if (relation != 0 && columns.containsKey(relation)) {
            repeated.add(relation);
        }
        Set<Integer> read = columns.computeIfAbsent(relation, r -> new HashSet<>());
        for (Term bit : node.list("selectedCols")) {
            if (!isMarker(bit)) {
                read.add(NodeTree.number(bit) - WHOLE_ROW_BIT);
            }
        }
    }

    /** The letter that tells what kind of numbers a list holds, as in {@code (b 8 9)} and {@code (o 96)}. */
    private static boolean isMarker(Term term) {
        return term instanceof Atom atom
                && (atom.text().equals("b") || atom.text().equals("o"));
    }

    private void addOids(String field, Term value) throws MalformedTreeException {
        if (FUNCTION_FIELDS.contains(field)) {
            addOids(value, functions);
        } else if (OPERATOR_FIELDS.contains(field)) {
            addOids(value, operators);
        } else if (TYPE_FIELDS.contains(field)) {
            addOids(value, types);
        }
    }

    private static void addOids(Term value, Set<Integer> oids) throws MalformedTreeException {
        if (value instanceof Items items) {
            for (Term element : items.terms()) {
                if (!isMarker(element)) {
                    oids.add(NodeTree.number(element));
                }
            }
        } else {
            oids.add(NodeTree.number(value));
        }
    }
}
