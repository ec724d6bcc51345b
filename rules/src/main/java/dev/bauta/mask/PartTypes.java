package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.QualifiedName;
import java.util.Optional;
import java.util.Set;

/** The types of what is inside a value: elements of arrays, and what JSON is made of. */
final class PartTypes {
    static final ColumnType TEXT = base(25, "text", 'S');
    static final ColumnType NUMERIC = base(1700, "numeric", 'N');
    static final ColumnType BOOLEAN = base(16, "bool", 'B');
    static final ColumnType FLOAT8 = base(701, "float8", 'N');

    private static final String ARRAY = "[]";

    private PartTypes() {}

    private static ColumnType base(int oid, String typname, char category) {
        return new ColumnType(
                oid, new QualifiedName("pg_catalog", typname), -1, "pg_catalog." + typname, category, 'b', Set.of());
    }

    /** The type of an array's elements, which have the array's typmod; empty for a type that is no array. */
    static Optional<ColumnType> element(ColumnType type) {
        QualifiedName name = type.name();
        if (type.category() != 'A'
                || !name.name().startsWith("_")
                || !type.sql().endsWith(ARRAY)) {
            return Optional.empty();
        }
        QualifiedName element = new QualifiedName(name.schema(), name.name().substring(1));
        String sql = type.sql().substring(0, type.sql().length() - ARRAY.length());
        return Optional.of(new ColumnType(0, element, type.typmod(), sql, 'X', 'b', type.rows()));
    }
}
