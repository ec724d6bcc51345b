package dev.bauta.mask;

import java.util.Map;

/** The types that an expression can name without a schema, by SQL's names and PostgreSQL's. */
final class TypeNames {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("smallint", "int2"),
            Map.entry("int2", "int2"),
            Map.entry("int", "int4"),
            Map.entry("integer", "int4"),
            Map.entry("int4", "int4"),
            Map.entry("bigint", "int8"),
            Map.entry("int8", "int8"),
            Map.entry("numeric", "numeric"),
            Map.entry("decimal", "numeric"),
            Map.entry("real", "float4"),
            Map.entry("float4", "float4"),
            Map.entry("double precision", "float8"),
            Map.entry("float8", "float8"),
            Map.entry("text", "text"),
            Map.entry("varchar", "varchar"),
            Map.entry("character varying", "varchar"),
            Map.entry("char", "bpchar"),
            Map.entry("character", "bpchar"),
            Map.entry("boolean", "bool"),
            Map.entry("bool", "bool"),
            Map.entry("date", "date"),
            Map.entry("time", "time"),
            Map.entry("timestamp", "timestamp"),
            Map.entry("timestamptz", "timestamptz"),
            Map.entry("interval", "interval"),
            Map.entry("uuid", "uuid"),
            Map.entry("bytea", "bytea"),
            Map.entry("json", "json"),
            Map.entry("jsonb", "jsonb"),
            Map.entry("inet", "inet"),
            Map.entry("cidr", "cidr"),
            Map.entry("point", "point"),
            Map.entry("money", "money"));

    private TypeNames() {}

    /** The type's name in {@code pg_catalog}; null for another type. */
    static @org.jspecify.annotations.Nullable String find(String name) {
        return TYPES.get(name);
    }

    /** SQL takes {@code char} without a length for {@code char(1)}. */
    static String withoutLength(String name, String typname) {
        return name.equals("char") || name.equals("character") ? typname + "(1)" : typname;
    }
}
