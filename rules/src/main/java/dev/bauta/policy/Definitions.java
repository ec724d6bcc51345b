package dev.bauta.policy;

import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.SqlNames;
import dev.bauta.mask.Mask;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of system catalogs and views that hold definitions: defaults, checks, predicates, partition bounds, rules, texts of
 * views, comments. A definition can hold values of the columns it is about, so that those of protected relations are
 * withheld: {@code CASE WHEN r.conrelid = ANY (…) THEN NULL ELSE r.conbin END}. Defaults without any value, such as
 * {@code nextval('customers_id_seq')}, show: clients tell by them which columns number themselves. Immutable.
 */
final class Definitions {
    private static final String ANY = " OPERATOR(pg_catalog.=) ANY (";
    /** What a comment is about: a relation, or what belongs to one, such as a trigger. */
    private static final String COMMENTED = "objoid";

    /** Of a default as the parser's tree: nothing but calls without arguments and {@code nextval} of a sequence. */
    private static final String TREE_WITHOUT_VALUES = "%s::pg_catalog.text OPERATOR(pg_catalog.!~) "
            + "'[{](?!(FUNCEXPR|SQLVALUEFUNCTION|NEXTVALUEEXPR|RELABELTYPE) |CONST :consttype 2205 )'";
    /** The same of a default's text. */
    private static final String TEXT_WITHOUT_VALUES = "%s::pg_catalog.text OPERATOR(pg_catalog.~) "
            + "'^(nextval[(]''[^'']+''::regclass[)]|[a-z_.]+[(][)]|CURRENT_(DATE|TIME|TIMESTAMP))$'";

    /** Catalogs whose rows say by oid to which relation they belong: the oid's column, then the definitions. */
    private static final Map<String, Columns> BY_OID = Map.ofEntries(
            Map.entry("pg_attrdef", new Columns("adrelid", Set.of("adbin", "adsrc"), TREE_WITHOUT_VALUES)),
            Map.entry("pg_attribute", new Columns("attrelid", Set.of("attmissingval"))),
            Map.entry("pg_class", new Columns("oid", Set.of("relpartbound"))),
            Map.entry("pg_constraint", new Columns("conrelid", Set.of("conbin", "consrc"))),
            Map.entry("pg_description", new Columns(COMMENTED, Set.of("description"))),
            Map.entry("pg_index", new Columns("indrelid", Set.of("indexprs", "indpred"))),
            Map.entry("pg_partitioned_table", new Columns("partrelid", Set.of("partexprs"))),
            Map.entry("pg_policy", new Columns("polrelid", Set.of("polqual", "polwithcheck"))),
            Map.entry("pg_publication_rel", new Columns("prrelid", Set.of("prqual"))),
            Map.entry("pg_rewrite", new Columns("ev_class", Set.of("ev_qual", "ev_action"))),
            Map.entry("pg_statistic_ext", new Columns("stxrelid", Set.of("stxexprs"))),
            Map.entry("pg_trigger", new Columns("tgrelid", Set.of("tgqual", "tgargs"))));

    /** Views whose rows say by name to which relation they belong. */
    private static final Map<QualifiedName, Columns> BY_NAME = Map.of(
            catalog("pg_indexes"), new Columns("schemaname", "tablename", Set.of("indexdef")),
            catalog("pg_matviews"), new Columns("schemaname", "matviewname", Set.of("definition")),
            catalog("pg_policies"), new Columns("schemaname", "tablename", Set.of("qual", "with_check")),
            catalog("pg_publication_tables"), new Columns("schemaname", "tablename", Set.of("rowfilter")),
            catalog("pg_rules"), new Columns("schemaname", "tablename", Set.of("definition")),
            catalog("pg_stats_ext"), new Columns("schemaname", "tablename", Set.of("exprs")),
            catalog("pg_views"), new Columns("schemaname", "viewname", Set.of("definition")),
            standard("columns"),
                    new Columns(
                            "table_schema",
                            "table_name",
                            Set.of("column_default", "generation_expression"),
                            TEXT_WITHOUT_VALUES),
            standard("triggers"),
                    new Columns(
                            "event_object_schema",
                            "event_object_table",
                            Set.of("action_condition", "action_statement")),
            standard("views"), new Columns("table_schema", "table_name", Set.of("view_definition")));

    private final String oids;
    private final String names;

    /**
     * @param schema column with the schema's name, empty where the relation is known by oid
     * @param relation column with the relation's oid or name
     * @param definitions what may have to be withheld
     * @param harmless a condition on a definition that holds no values, in which {@code %s} stands for it; empty for none
     */
    private record Columns(String schema, String relation, Set<String> definitions, String harmless) {
        Columns(String schema, String relation, Set<String> definitions) {
            this(schema, relation, definitions, "");
        }

        Columns(String oid, Set<String> definitions) {
            this(oid, definitions, "");
        }

        Columns(String oid, Set<String> definitions, String harmless) {
            this("", oid, definitions, harmless);
        }
    }

    /**
     * @param withheld the relations whose definitions are withheld
     */
    Definitions(Collection<Relation> withheld) {
        this.oids = oids(withheld.stream().map(Relation::oid).collect(Collectors.toSet()));
        this.names = withheld.stream()
                .map(relation -> SqlNames.literal(
                        relation.name().schema() + "." + relation.name().name()))
                .sorted()
                .collect(Collectors.joining(", ", "ARRAY[", "]::pg_catalog.text[]"));
    }

    /** An array of oids as an SQL constant. */
    static String oids(Collection<Integer> oids) {
        return oids.stream()
                .map(Integer::toUnsignedString)
                .sorted()
                .collect(Collectors.joining(",", "'{", "}'::pg_catalog.oid[]"));
    }

    /**
     * An SQL condition: an object is a relation of these, or belongs to one, as triggers, constraints, indexes, rules, policies and
     * statistics do. An index behind a constraint depends on that alone.
     *
     * @param object an SQL expression for its oid
     */
    static String isAbout(String object, String oids) {
        return "(" + object + ANY + oids + ") OR EXISTS (SELECT 1 FROM pg_catalog.pg_depend AS d WHERE d.objid "
                + "OPERATOR(pg_catalog.=) " + object
                + " AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid"
                + ANY + oids + ") AND d.deptype" + ANY + "'{a,i}'::pg_catalog.\"char\"[]))"
                + " OR EXISTS (SELECT 1 FROM pg_catalog.pg_index AS n WHERE n.indexrelid OPERATOR(pg_catalog.=) "
                + object
                + " AND n.indrelid" + ANY + oids + ")))";
    }

    /** The mask of a catalog's column, null for one that holds no definitions. */
    @Nullable
    Mask find(QualifiedName relation, String column) {
        Columns columns = relation.schema().equals("pg_catalog")
                ? BY_OID.getOrDefault(relation.name(), BY_NAME.get(relation))
                : BY_NAME.get(relation);
        return columns == null || !columns.definitions().contains(column) ? null : new Withheld(columns, oids, names);
    }

    /** True for such a mask: it goes by the relation to which a row of the catalog belongs. */
    static boolean isMask(Mask mask) {
        return mask instanceof Withheld;
    }

    private static QualifiedName catalog(String view) {
        return new QualifiedName("pg_catalog", view);
    }

    private static QualifiedName standard(String view) {
        return new QualifiedName("information_schema", view);
    }

    /** NULL in the rows of some relations. */
    private record Withheld(Columns columns, String oids, String names) implements Mask {
        @Override
        public String name() {
            return "definition";
        }

        @Override
        public boolean fits(ColumnType type) {
            return true;
        }

        @Override
        public String sql(String column, ColumnType type) {
            String row = column.substring(0, column.lastIndexOf('.') + 1);
            String harmless = columns.harmless().isEmpty()
                    ? ""
                    : " AND NOT " + columns.harmless().formatted(column);
            return "CASE WHEN " + condition(row) + harmless + " THEN NULL ELSE " + column + " END";
        }

        private String condition(String row) {
            if (columns.relation().equals(COMMENTED)) {
                return isAbout(row + COMMENTED, oids);
            } else if (columns.schema().isEmpty()) {
                return row + columns.relation() + ANY + oids + ")";
            }
            String dot = "::pg_catalog.text OPERATOR(pg_catalog.||) ";
            return "(" + row + columns.schema() + dot + "'.'" + dot + row + columns.relation() + "::pg_catalog.text)"
                    + ANY + names + ")";
        }
    }
}
