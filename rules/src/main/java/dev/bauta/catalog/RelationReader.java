package dev.bauta.catalog;

import static dev.bauta.catalog.CatalogTransaction.oid;

import dev.bauta.catalog.CatalogSnapshot.ForeignKey;
import dev.bauta.catalog.NodeTree.MalformedTreeException;
import dev.bauta.catalog.TypeReader.TypmodType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads relations with their columns, keys and children. Not thread-safe. */
final class RelationReader {
    private static final String RELATIONS =
            """
            SELECT c.oid, n.nspname, c.relname, c.relkind
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_(toast_)?temp_'
            """;

    private static final String COLUMNS =
            """
            SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attcollation,
                   d.description, l.label, a.atthasdef OR a.attidentity <> '' OR t.typdefault IS NOT NULL
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_description d
              ON d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
              AND d.objoid = a.attrelid AND d.objsubid = a.attnum
            LEFT JOIN pg_catalog.pg_seclabel l
              ON l.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
              AND l.objoid = a.attrelid AND l.objsubid = a.attnum AND l.provider = 'anon'
            WHERE a.attnum > 0 AND NOT a.attisdropped
              AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't'
            """;

    private static final String COLLATIONS =
            """
            SELECT c.oid, n.nspname, c.collname
            FROM pg_catalog.pg_collation c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
            WHERE c.oid = ANY (?::pg_catalog.oid[])
            """;

    /** The first arm is for PostgreSQL 15 and later, the second for 13 and 14. */
    private static final String GENERATED =
            """
            SELECT a.attrelid, a.attnum, d.refobjsubid
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum
            JOIN pg_catalog.pg_depend d
              ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = e.oid
            WHERE a.attgenerated <> '' AND NOT a.attisdropped
              AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = a.attrelid
              AND d.refobjsubid NOT IN (0, a.attnum)
            UNION
            SELECT a.attrelid, a.attnum, d.refobjsubid
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_depend d
              ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
              AND d.objid = a.attrelid AND d.objsubid = a.attnum
            WHERE a.attgenerated <> '' AND NOT a.attisdropped
              AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = a.attrelid
              AND d.refobjsubid NOT IN (0, a.attnum)
            """;

    private static final String VIRTUAL =
            """
            SELECT e.adrelid, e.adnum, e.adbin::pg_catalog.text
            FROM pg_catalog.pg_attrdef e
            JOIN pg_catalog.pg_attribute a ON a.attrelid = e.adrelid AND a.attnum = e.adnum
            WHERE a.attgenerated = 'v' AND NOT a.attisdropped
            """;

    private static final String KEYS =
            """
            SELECT contype, conrelid, confrelid, conname,
                   pg_catalog.array_to_string(conkey, ','), pg_catalog.array_to_string(confkey, ','),
                   confdeltype IN ('c', 'n', 'd') OR confupdtype IN ('c', 'n', 'd')
            FROM pg_catalog.pg_constraint
            LEFT JOIN pg_catalog.pg_index ON contype = 'p' AND indexrelid = conindid
            WHERE contype = 'f' OR indisvalid AND indimmediate
            """;

    /**
     * One row for each column of each coupling, which the second column tells apart. Column 0 is an expression, column -100 a whole
     * row, of which pg_depend says nothing. Since PostgreSQL 18 a NOT NULL can be one that is not validated. A trigger whose condition does
     * nothing but compare the old and the new values of the same columns, and one that has nothing done where all of them agree, is like an
     * index: it tells whether what is written changes.
     */
    private static final String COUPLINGS =
            """
            WITH indexes AS (
              SELECT indrelid, indexrelid, indkey, look || indexrelid AS name, indisunique OR indisexclusion AS is_key,
                     COALESCE(indexprs::pg_catalog.text, '') || COALESCE(indpred::pg_catalog.text, '') AS trees
              FROM pg_catalog.pg_index i, pg_catalog.unnest('{i,e,n}'::pg_catalog.text[]) AS l(look)
              WHERE CASE look
                WHEN 'i' THEN indisunique OR indisexclusion OR indexprs IS NOT NULL OR indpred IS NOT NULL
                WHEN 'e' THEN NOT indisunique AND NOT indisexclusion
                ELSE (indisunique OR indisexclusion)
                  AND (pg_catalog.to_jsonb(i) @> '{"indnullsnotdistinct": true}' OR NOT EXISTS (
                    SELECT FROM pg_catalog.pg_attribute a
                    WHERE a.attrelid = indrelid AND a.attnum = ANY (indkey[0:indnkeyatts - 1]) AND a.attgenerated = ''))
              END
            ), triggers AS (
              SELECT t.oid, t.tgrelid, t.tgqual::pg_catalog.text AS tgqual,
                     CASE WHEN pg_catalog.regexp_replace(t.tgqual::pg_catalog.text,
                       '[{]VAR :varno 1 :varattno ([0-9]+) [^}]*[}] [{]VAR :varno 2 :varattno \\1 [^}]*[}]', '', 'g') ~ '[{]VAR '
                     THEN 't' ELSE 'et' END || t.oid AS name
              FROM pg_catalog.pg_trigger t
              JOIN pg_catalog.pg_proc f ON f.oid = t.tgfoid
              WHERE NOT t.tgisinternal AND t.tgtype & 24 <> 0
                AND (t.tgqual IS NOT NULL OR f.proname = 'suppress_redundant_updates_trigger')
            )
            SELECT indrelid, name, is_key, pg_catalog.unnest(indkey) FROM indexes
            UNION ALL
            SELECT indrelid, name, is_key, -100 FROM indexes WHERE trees ~ ':varattno 0 '
            UNION ALL
            SELECT i.indrelid, i.name, i.is_key, d.refobjsubid
            FROM indexes i
            JOIN pg_catalog.pg_depend d
              ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = i.indexrelid
              AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = i.indrelid
            UNION ALL
            SELECT conrelid, CASE WHEN convalidated THEN 'c' ELSE 'u' END || oid, false,
                   CASE number WHEN 0 THEN -100 ELSE number END
            FROM pg_catalog.pg_constraint, pg_catalog.unnest(conkey) AS u(number)
            WHERE (contype = 'c' OR contype = 'n' AND NOT convalidated) AND conrelid <> 0
            UNION ALL
            SELECT polrelid, 'p' || oid, false, -100
            FROM pg_catalog.pg_policy
            WHERE COALESCE(polqual::pg_catalog.text, '') || COALESCE(polwithcheck::pg_catalog.text, '') ~ ':varattno 0 '
            UNION ALL
            SELECT p.polrelid, 'p' || p.oid, false, d.refobjsubid
            FROM pg_catalog.pg_policy p
            JOIN pg_catalog.pg_depend d
              ON d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND d.objid = p.oid
              AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = p.polrelid
            UNION ALL
            SELECT p.polrelid, 'u' || p.oid, false, d.refobjsubid
            FROM pg_catalog.pg_policy p
            JOIN pg_catalog.pg_depend d
              ON d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND d.objid = p.oid
              AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = p.polrelid
            WHERE p.polwithcheck IS NOT NULL
            UNION ALL
            SELECT t.tgrelid, t.name, false, d.refobjsubid
            FROM triggers t
            JOIN pg_catalog.pg_depend d
              ON d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND d.objid = t.oid
              AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = t.tgrelid
            UNION ALL
            SELECT tgrelid, name, false, -100 FROM triggers WHERE tgqual IS NULL OR tgqual ~ ':varattno 0 '
            UNION ALL
            SELECT partrelid, 'r', false, pg_catalog.unnest(partattrs) FROM pg_catalog.pg_partitioned_table
            """;

    /** Which relations the rules of one name; of what PostgreSQL has itself pg_depend says nothing. */
    private static final String RULES =
            """
            SELECT r.ev_class, d.refobjid
            FROM pg_catalog.pg_rewrite r
            JOIN pg_catalog.pg_depend d
              ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
              AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
            WHERE r.ev_type <> '1' AND r.oid >= 16384
            """;

    private static final String POLICIES =
            """
            SELECT p.polrelid, d.refobjid, d.refobjsubid
            FROM pg_catalog.pg_policy p
            JOIN pg_catalog.pg_depend d
              ON d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND d.objid = p.oid
              AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid <> p.polrelid
            """;

    private static final int WHOLE_ROW = -100;
    private static final String PARTITION_KEY = "r";
    /** Begins the second column for a row security policy. */
    private static final String POLICY = "p";
    /** Begins it for a check that is not validated. */
    private static final String UNVALIDATED = "u";

    /** Begins it for the entries of an index that is no key. */
    private static final String ENTRIES = "e";

    /** Begins it for a key that can compare rows that have no value in any of its columns. PostgreSQL before 15 knows no NULLS NOT DISTINCT. */
    private static final String KEY_OF_NULLS = "n";

    /** Begins it for the condition of a trigger. */
    private static final String TRIGGER = "t";

    private static final String INHERITANCE = "SELECT inhparent, inhrelid FROM pg_catalog.pg_inherits";

    private final CatalogTransaction transaction;
    private final TypeReader types;
    private final Map<Integer, List<ColumnRow>> columns = new HashMap<>();
    private final Map<ColumnOrigin, Set<Integer>> generatedFrom = new HashMap<>();
    /** Whether they fail telling. */
    private final Map<ColumnOrigin, Boolean> virtual = new HashMap<>();

    private final Map<Integer, QualifiedName> collations = new HashMap<>();
    private final Map<Integer, List<Integer>> primaryKeys = new HashMap<>();
    private final Map<Integer, Set<Integer>> children = new HashMap<>();
    private final Map<Integer, Set<Integer>> ruled = new HashMap<>();
    private final Map<Integer, Set<ColumnOrigin>> policed = new HashMap<>();
    private final Set<ForeignKey> foreignKeys = new HashSet<>();
    private final Map<Integer, Map<String, CouplingRows>> couplings = new HashMap<>();

    /** One row of {@code pg_class}. */
    private record RelationRow(int oid, QualifiedName name, RelationKind kind) {}

    /** One row of {@code pg_attribute}, its type already resolved. */
    private record ColumnRow(
            int number,
            String name,
            TypmodType type,
            boolean notNull,
            int collation,
            @Nullable String comment,
            @Nullable String label,
            boolean hasDefault) {}

    /** What {@code COUPLINGS} says of one coupling. */
    private record CouplingRows(boolean key, Set<Integer> columns) {}

    RelationReader(CatalogTransaction transaction, TypeReader types) {
        this.transaction = transaction;
        this.types = types;
    }

    /** Reads everything. */
    List<Relation> read() throws SQLException {
        Map<Integer, RelationRow> rows = new HashMap<>();
        transaction.query(RELATIONS, row -> {
            RelationKind kind = RelationKind.of(row.getString(4).charAt(0));
            rows.put(
                    oid(row, 1),
                    new RelationRow(oid(row, 1), new QualifiedName(row.getString(2), row.getString(3)), kind));
        });
        readColumns();
        readCollations();
        readGenerated();
        readKeys();
        readCouplings();
        readChildren(rows.keySet());
        transaction.query(RULES, row -> ruled.computeIfAbsent(oid(row, 1), r -> new HashSet<>())
                .add(oid(row, 2)));
        transaction.query(POLICIES, row -> policed.computeIfAbsent(oid(row, 1), r -> new HashSet<>())
                .add(new ColumnOrigin(oid(row, 2), row.getInt(3))));
        List<Relation> relations = new ArrayList<>(rows.size());
        for (RelationRow row : rows.values()) {
            relations.add(relation(row));
        }
        return relations;
    }

    /** Every foreign key; after {@link #read}. */
    Set<ForeignKey> foreignKeys() {
        return foreignKeys;
    }

    private void readColumns() throws SQLException {
        transaction.query(COLUMNS, row -> {
            TypmodType base = types.toBase(new TypmodType(oid(row, 4), row.getInt(5)));
            columns.computeIfAbsent(oid(row, 1), r -> new ArrayList<>())
                    .add(new ColumnRow(
                            row.getInt(2),
                            row.getString(3),
                            base,
                            row.getBoolean(6),
                            oid(row, 7),
                            row.getString(8),
                            row.getString(9),
                            row.getBoolean(10)));
        });
        types.format(transaction, rows().map(ColumnRow::type).collect(Collectors.toSet()));
    }

    private Stream<ColumnRow> rows() {
        return columns.values().stream().flatMap(Collection::stream);
    }

    private void readCollations() throws SQLException {
        Set<String> used = new TreeSet<>();
        for (List<ColumnRow> list : columns.values()) {
            for (ColumnRow column : list) {
                if (hasOwnCollation(column)) {
                    used.add(Integer.toUnsignedString(column.collation()));
                }
            }
        }
        transaction.query(
                COLLATIONS,
                row -> collations.put(oid(row, 1), new QualifiedName(row.getString(2), row.getString(3))),
                "{" + String.join(",", used) + "}");
    }

    private boolean hasOwnCollation(ColumnRow column) throws SQLException {
        return column.collation() != 0
                && column.collation() != types.type(column.type().type()).collation();
    }

    private void readGenerated() throws SQLException {
        transaction.query(GENERATED, row -> generatedFrom
                .computeIfAbsent(new ColumnOrigin(oid(row, 1), row.getInt(2)), c -> new HashSet<>())
                .add(row.getInt(3)));
        Map<ColumnOrigin, String> trees = new HashMap<>();
        transaction.query(VIRTUAL, row -> trees.put(new ColumnOrigin(oid(row, 1), row.getInt(2)), row.getString(3)));
        if (!trees.isEmpty()) {
            QuietCalls quiet = QuietCalls.read(transaction);
            trees.forEach((column, tree) -> virtual.put(column, isTelling(tree, quiet)));
        }
    }

    private static boolean isTelling(String tree, QuietCalls quiet) {
        try {
            TreeReferences references = new TreeReferences();
            references.add(NodeTree.parse(tree));
            return quiet.isTelling(references);
        } catch (MalformedTreeException e) {
            return true;
        }
    }

    private void readKeys() throws SQLException {
        transaction.query(KEYS, row -> {
            List<Integer> key = numbers(row.getString(5));
            if (row.getString(1).equals("p")) {
                primaryKeys.put(oid(row, 2), key);
            } else {
                foreignKeys.add(new ForeignKey(
                        row.getString(4), oid(row, 2), key, oid(row, 3), numbers(row.getString(6)), row.getBoolean(7)));
            }
        });
    }

    private static List<Integer> numbers(String list) {
        return Stream.of(list.split(",")).map(Integer::valueOf).toList();
    }

    private void readCouplings() throws SQLException {
        transaction.query(COUPLINGS, row -> {
            boolean key = row.getBoolean(3);
            couplings
                    .computeIfAbsent(oid(row, 1), relation -> new HashMap<>())
                    .computeIfAbsent(row.getString(2), name -> new CouplingRows(key, new HashSet<>()))
                    .columns()
                    .add(row.getInt(4));
        });
    }

    /** Of expressions in a partition key nothing more is known; columns that generate another are coupled with it. */
    private List<Coupling> couplings(int relation, List<Column> built) {
        List<Coupling> all = new ArrayList<>();
        Set<Integer> every = built.stream().map(Column::number).collect(Collectors.toSet());
        couplings.getOrDefault(relation, Map.of()).forEach((name, rows) -> {
            boolean partition = name.equals(PARTITION_KEY);
            boolean unknown = rows.columns().contains(WHOLE_ROW)
                    || partition && rows.columns().contains(0);
            Set<Integer> named = rows.columns().stream().filter(every::contains).collect(Collectors.toSet());
            all.add(new Coupling(kind(name, rows), unknown ? every : named));
        });
        for (Column column : built) {
            if (!column.generatedFrom().isEmpty()) {
                Set<Integer> together = new HashSet<>(column.generatedFrom());
                together.add(column.number());
                all.add(new Coupling(Coupling.Kind.CHECK, together));
            }
        }
        return all;
    }

    private static Coupling.Kind kind(String name, CouplingRows rows) {
        if (name.equals(PARTITION_KEY)) {
            return Coupling.Kind.PARTITION;
        } else if (name.startsWith(POLICY)) {
            return Coupling.Kind.POLICY;
        } else if (name.startsWith(UNVALIDATED)) {
            return Coupling.Kind.UNVALIDATED_CHECK;
        } else if (name.startsWith(ENTRIES)) {
            return Coupling.Kind.INDEX;
        } else if (name.startsWith(KEY_OF_NULLS)) {
            return Coupling.Kind.KEY_OF_NULLS;
        }
        if (name.startsWith(TRIGGER)) {
            return Coupling.Kind.TRIGGER;
        }
        return rows.key() ? Coupling.Kind.KEY : Coupling.Kind.CHECK;
    }

    private void readChildren(Set<Integer> known) throws SQLException {
        transaction.query(INHERITANCE, row -> {
            if (known.contains(oid(row, 2))) {
                children.computeIfAbsent(oid(row, 1), p -> new TreeSet<>()).add(oid(row, 2));
            }
        });
    }

    private Relation relation(RelationRow row) throws SQLException {
        List<ColumnRow> live = new ArrayList<>(columns.getOrDefault(row.oid(), List.of()));
        live.sort(Comparator.comparingInt(ColumnRow::number));
        List<Column> built = new ArrayList<>(live.size());
        for (ColumnRow column : live) {
            built.add(column(row.oid(), column));
        }
        return new Relation(
                row.oid(),
                row.name(),
                row.kind(),
                built,
                primaryKeys.getOrDefault(row.oid(), List.of()),
                List.copyOf(children.getOrDefault(row.oid(), Set.of())),
                couplings(row.oid(), built),
                ruled.getOrDefault(row.oid(), Set.of()),
                policed.getOrDefault(row.oid(), Set.of()));
    }

    private Column column(int relation, ColumnRow row) throws SQLException {
        ColumnOrigin origin = new ColumnOrigin(relation, row.number());
        return new Column(
                row.number(),
                row.name(),
                types.columnType(row.type()),
                row.notNull(),
                generatedFrom.getOrDefault(origin, Set.of()),
                virtual.containsKey(origin),
                virtual.getOrDefault(origin, false),
                collation(row),
                row.hasDefault(),
                row.comment(),
                row.label());
    }

    private @Nullable QualifiedName collation(ColumnRow row) throws SQLException {
        return hasOwnCollation(row) ? collations.get(row.collation()) : null;
    }
}
