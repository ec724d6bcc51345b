package dev.bauta.mask;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables {@code public.sN(id, v)}, each with hostile values of one type; sessions have the keys that a ring carries. */
final class SampleTables {
    private static final String SCRIPT =
            """
            CREATE EXTENSION citext SCHEMA public;
            CREATE TYPE public.mood AS ENUM ('glad', 'sad');
            CREATE TYPE public.pair AS (a int, b text);
            CREATE DOMAIN public.phone AS varchar(12);
            CREATE DOMAIN public.office_phone AS public.phone CHECK (VALUE IS NULL OR length(VALUE) >= 0);
            CREATE DOMAIN public.note AS text;
            CREATE DOMAIN public.code AS char(9);
            CREATE DOMAIN public.salary AS numeric(9,2);
            CREATE COLLATION public.nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
            """;

    private static final List<String> TYPES = List.of(
            "text",
            "text COLLATE public.nocase",
            "varchar",
            "varchar(1)",
            "varchar(3)",
            "varchar(9)",
            "varchar(80)",
            "char(1)",
            "char(9)",
            "char(70)",
            "bpchar",
            "public.phone",
            "public.office_phone",
            "public.note",
            "public.code",
            "int2",
            "int4",
            "int8",
            "numeric",
            "numeric(5,2)",
            "numeric(3,0)",
            "numeric(19,0)",
            "numeric(38,10)",
            "numeric(4,4)",
            "numeric(2,4)",
            "numeric(4,-2)",
            "public.salary",
            "float4",
            "float8",
            "date",
            "timestamp",
            "timestamp(0)",
            "timestamptz",
            "timestamptz(3)",
            "time",
            "time(2)",
            "uuid",
            "bytea",
            "bool",
            "json",
            "jsonb",
            "name",
            "public.citext",
            "money",
            "timetz",
            "interval",
            "inet",
            "cidr",
            "point",
            "bit(3)",
            "xml",
            "int4range",
            "text[]",
            "int4[]",
            "varchar(5)[]",
            "date[]",
            "numeric[]",
            "timestamptz[]",
            "jsonb[]",
            "public.mood",
            "public.pair",
            "public.phone[]");

    /** Numeric with a scale below 0 or above its precision came with PostgreSQL 15. */
    private static final Set<String> SINCE_15 = Set.of("numeric(2,4)", "numeric(4,-2)");

    private final TestDatabase database;
    private final KeyRing keys;
    private final List<Sample> samples;

    /**
     * One table.
     *
     * @param declaration the type as it was declared
     * @param table its name
     * @param type the column's type
     * @param row the table's columns
     */
    record Sample(String declaration, String table, ColumnType type, Row row) {
        /** Reads a column of a result in the classes that {@link ValueMask#value} takes. */
        @Nullable
        Object read(ResultSet result, int column) throws SQLException {
            return DriverValue.read(result, column, type);
        }

        @Override
        public String toString() {
            return declaration;
        }
    }

    private SampleTables(TestDatabase database, KeyRing keys, List<Sample> samples) {
        this.database = database;
        this.keys = keys;
        this.samples = samples;
    }

    /** Creates the tables in a database of their own. */
    static SampleTables create(KeyRing keys, long seed) throws SQLException {
        TestDatabase database = TestDatabase.create(SCRIPT);
        try (Connection connection = database.connect()) {
            List<String> types = types(connection);
            for (int i = 0; i < types.size(); i++) {
                fill(connection, "public.s" + i, types.get(i), SampleValues.all(seed + i));
            }
            CatalogSnapshot catalog = CatalogLoader.load(connection);
            List<Sample> samples = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                samples.add(sample(types.get(i), "s" + i, catalog));
            }
            return new SampleTables(database, keys, samples);
        }
    }

    private static List<String> types(Connection connection) throws SQLException {
        boolean since15 = connection.getMetaData().getDatabaseMajorVersion() >= 15;
        return TYPES.stream()
                .filter(type -> since15 || !SINCE_15.contains(type))
                .toList();
    }

    private static Sample sample(String declaration, String table, CatalogSnapshot catalog) {
        Relation relation =
                catalog.findRelation(new QualifiedName("public", table)).orElseThrow();
        ColumnType type = relation.findColumn("v").orElseThrow().type();
        return new Sample(declaration, "public." + table, type, Row.of(relation));
    }

    /** Keeps the values that the type has. */
    private static void fill(Connection connection, String table, String type, List<String> values)
            throws SQLException {
        String bare = type.replaceAll(" COLLATE.*", "");
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE " + table + " (id int PRIMARY KEY GENERATED ALWAYS AS IDENTITY, v " + type + ")");
            statement.execute("INSERT INTO " + table + " (v) VALUES (NULL)");
            statement.execute(
                    "CREATE FUNCTION pg_temp.add(value text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN INSERT INTO "
                            + table + " (v) VALUES (value::" + bare
                            + "); EXCEPTION WHEN data_exception OR check_violation OR"
                            + " invalid_text_representation OR numeric_value_out_of_range OR"
                            + " program_limit_exceeded THEN NULL; END $$");
        }
        try (PreparedStatement add = connection.prepareStatement("SELECT pg_temp.add(v) FROM unnest(?) v")) {
            add.setArray(1, connection.createArrayOf("text", values.toArray()));
            add.execute();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP FUNCTION pg_temp.add");
            if (type.equals("timetz")) {
                // A random text can hold a POSIX zone of days, which the driver cannot read.
                statement.execute("DELETE FROM " + table + " WHERE abs(extract(timezone FROM v)) > 15 * 3600");
            }
            statement.execute("ANALYZE " + table);
        }
    }

    /** A superuser's session with the keys in its startup message, so that RESET ALL does not lose them. */
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", "postgres");
        properties.setProperty("options", options(keys.sessionSettings()));
        return DriverManager.getConnection(database.url(), properties);
    }

    private static String options(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" "));
    }

    TestDatabase database() {
        return database;
    }

    List<Sample> samples() {
        return samples;
    }

    /** The table of one declared type. */
    Sample sample(String declaration) {
        return samples.stream()
                .filter(sample -> sample.declaration().equals(declaration))
                .findFirst()
                .orElseThrow();
    }
}
