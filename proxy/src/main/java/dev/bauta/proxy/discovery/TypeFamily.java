package dev.bauta.proxy.discovery;

import dev.bauta.catalog.ColumnType;
import java.util.Set;

/** What kind of values a type has, as far as looking for personal data goes. */
enum TypeFamily {
    TEXT,
    WHOLE_NUMBER,
    NUMBER,
    DATE,
    NETWORK,
    DOCUMENT,
    TEXT_ARRAY,
    BYTES,
    OTHER;

    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "name", "citext");
    private static final Set<String> TEXT_ARRAYS = Set.of("_text", "_varchar", "_bpchar");

    /** Types of extensions, which are in whatever schema. */
    private static final Set<String> EXTENSIONS = Set.of("citext", "hstore");

    /**
     * The family of a type. Only base types of PostgreSQL and of extensions have one, which superusers alone can create: what converts
     * others to text may be a function of their owner's.
     */
    static TypeFamily of(ColumnType type) {
        String name = type.name().name();
        boolean extension = EXTENSIONS.contains(name) && type.typtype() == 'b';
        if (!type.name().schema().equals("pg_catalog") && !extension) {
            return OTHER;
        }
        if (TEXTS.contains(name)) {
            return TEXT;
        }
        if (TEXT_ARRAYS.contains(name)) {
            return TEXT_ARRAY;
        }
        return switch (name) {
            case "int4", "int8" -> WHOLE_NUMBER;
            case "numeric", "float4", "float8", "int2", "money" -> NUMBER;
            case "date", "timestamp", "timestamptz" -> DATE;
            case "inet", "cidr", "macaddr", "macaddr8" -> NETWORK;
            case "json", "jsonb", "xml", "hstore" -> DOCUMENT;
            case "bytea" -> BYTES;
            default -> OTHER;
        };
    }
}
