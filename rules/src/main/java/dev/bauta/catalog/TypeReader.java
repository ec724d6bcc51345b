package dev.bauta.catalog;

import static dev.bauta.catalog.CatalogTransaction.oid;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code pg_type} and spells types so that no search_path can change what they mean. Not thread-safe. */
final class TypeReader {
    /**
     * The types that the grammar itself ties to {@code pg_catalog} when they are spelled with their key words, by
     * {@code pg_type.oid}, which is fixed for them.
     */
    private static final Set<Integer> KEY_WORD_TYPES =
            Set.of(16, 20, 21, 23, 700, 701, 1042, 1043, 1083, 1114, 1184, 1186, 1266, 1560, 1562, 1700);

    /** {@code bpchar} and {@code bit}: without a length the key words mean a length of one, so the name is used. */
    private static final Set<Integer> NAMED_WITHOUT_TYPMOD = Set.of(1042, 1560);

    private static final String TYPES =
            """
            SELECT t.oid, n.nspname, t.typname, t.typtype, t.typcategory, t.typbasetype, t.typtypmod, t.typcollation,
                   COALESCE(e.oid, 0), t.typrelid
            FROM pg_catalog.pg_type t
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
            """;

    /** What values of a type hold: composite types that are no relation's rows, ranges, and multiranges, which PostgreSQL 13 does not know. */
    private static final String PARTS =
            """
            SELECT c.reltype, a.atttypid
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
            WHERE c.relkind = 'c' AND NOT a.attisdropped
            UNION ALL
            SELECT rngtypid, rngsubtype FROM pg_catalog.pg_range WHERE rngtypid >= 16384
            UNION ALL
            SELECT COALESCE(pg_catalog.to_jsonb(r) ->> 'rngmultitypid', '0')::pg_catalog.oid, rngtypid
            FROM pg_catalog.pg_range r
            WHERE rngtypid >= 16384
            """;

    private static final String FORMATTED =
            """
            SELECT p.type, p.typmod, pg_catalog.format_type(p.type, p.typmod), pg_catalog.format_type(p.type, -1)
            FROM unnest(?::pg_catalog.oid[], ?::pg_catalog.int4[]) AS p (type, typmod)
            """;

    private final Map<Integer, TypeRow> types = new HashMap<>();
    private final Map<Integer, Set<Integer>> parts = new HashMap<>();
    private final Map<TypmodType, Formatted> formatted = new HashMap<>();

    /** One row of {@code pg_type}; {@code element} is 0 for what is not a true array, {@code relation} for what is not composite. */
    record TypeRow(
            int oid,
            QualifiedName name,
            char typtype,
            char category,
            int base,
            int baseTypmod,
            int collation,
            int element,
            int relation) {}

    /** A type with a type modifier. */
    record TypmodType(int type, int typmod) {}

    /** What {@code format_type} says with and without the type modifier. */
    private record Formatted(String withTypmod, String without) {
        /** The type modifier in parentheses. */
        String suffix() {
            return withTypmod.startsWith(without) ? withTypmod.substring(without.length()) : "";
        }
    }

    TypeReader(CatalogTransaction transaction) throws SQLException {
        transaction.query(TYPES, row -> {
            TypeRow type = new TypeRow(
                    oid(row, 1),
                    new QualifiedName(row.getString(2), row.getString(3)),
                    row.getString(4).charAt(0),
                    row.getString(5).charAt(0),
                    oid(row, 6),
                    row.getInt(7),
                    oid(row, 8),
                    oid(row, 9),
                    oid(row, 10));
            types.put(type.oid(), type);
        });
        transaction.query(PARTS, row -> parts.computeIfAbsent(oid(row, 1), type -> new HashSet<>())
                .add(oid(row, 2)));
    }

    /** All types by oid. */
    Map<Integer, TypeRow> types() {
        return types;
    }

    /** The row for that oid. */
    TypeRow type(int oid) throws SQLException {
        TypeRow type = types.get(oid);
        if (type == null) {
            throw new SQLException("pg_type has no row for oid " + Integer.toUnsignedString(oid), "XX000");
        }
        return type;
    }

    /** Replaces domains by what they are domains over. */
    TypmodType toBase(TypmodType declared) throws SQLException {
        TypmodType current = declared;
        TypeRow type = type(current.type());
        while (type.typtype() == 'd') {
            current = new TypmodType(type.base(), type.baseTypmod() == -1 ? current.typmod() : type.baseTypmod());
            type = type(current.type());
        }
        return current;
    }

    /** Asks the server how it spells these types, which must be base types. */
    void format(CatalogTransaction transaction, Collection<TypmodType> wanted) throws SQLException {
        Set<TypmodType> open = new HashSet<>();
        for (TypmodType type : wanted) {
            TypmodType spelled = new TypmodType(elementOrSelf(type.type()), type.typmod());
            if (needsFormat(spelled)) {
                open.add(spelled);
            }
        }
        String oids = array(open.stream().map(t -> Integer.toUnsignedString(t.type())));
        String typmods = array(open.stream().map(t -> Integer.toString(t.typmod())));
        transaction.query(
                FORMATTED,
                row -> formatted.put(
                        new TypmodType(oid(row, 1), row.getInt(2)), new Formatted(row.getString(3), row.getString(4))),
                oids,
                typmods);
    }

    private static String array(Stream<String> elements) {
        return elements.collect(Collectors.joining(",", "{", "}"));
    }

    private static boolean needsFormat(TypmodType type) {
        return type.typmod() != -1 || KEY_WORD_TYPES.contains(type.type());
    }

    private int elementOrSelf(int type) throws SQLException {
        int element = type(type).element();
        return element == 0 ? type : element;
    }

    /** The type as clients see it; it must have been given to {@link #format}. */
    ColumnType columnType(TypmodType base) throws SQLException {
        TypeRow type = type(base.type());
        Set<Integer> rows = new HashSet<>();
        addRows(type, rows);
        return new ColumnType(
                type.oid(),
                type.name(),
                base.typmod(),
                sql(type, base.typmod()),
                type.category(),
                type.typtype(),
                Set.copyOf(rows));
    }

    /** No type holds itself: the server sees to that. */
    private void addRows(TypeRow type, Set<Integer> rows) throws SQLException {
        if (type.element() != 0) {
            addRows(type(type.element()), rows);
        } else if (type.base() != 0) {
            addRows(type(type.base()), rows);
        } else {
            if (type.relation() != 0) {
                rows.add(type.relation());
            }
            for (int part : parts.getOrDefault(type.oid(), Set.of())) {
                addRows(type(part), rows);
            }
        }
    }

    private String sql(TypeRow type, int typmod) throws SQLException {
        return type.element() == 0 ? scalarSql(type, typmod) : scalarSql(type(type.element()), typmod) + "[]";
    }

    private String scalarSql(TypeRow type, int typmod) {
        Formatted text = formatted.get(new TypmodType(type.oid(), typmod));
        if (text == null) {
            return type.name().sql();
        }
        boolean named = typmod == -1 && NAMED_WITHOUT_TYPMOD.contains(type.oid());
        if (KEY_WORD_TYPES.contains(type.oid()) && !named) {
            return text.withTypmod();
        }
        return type.name().sql() + text.suffix();
    }
}
