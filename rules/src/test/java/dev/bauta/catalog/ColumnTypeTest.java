package dev.bauta.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A cast to {@link ColumnType#sql} gives exactly the column's type, whatever stands first on the search_path. */
class ColumnTypeTest {
    private static final List<String> DECLARED = List.of(
            "boolean",
            "smallint",
            "integer",
            "bigint",
            "real",
            "double precision",
            "numeric",
            "numeric(10)",
            "numeric(10,2)",
            "varchar",
            "varchar(1)",
            "varchar(80)",
            "char",
            "char(7)",
            "bpchar",
            "bit",
            "bit(9)",
            "pg_catalog.\"bit\"",
            "varbit",
            "varbit(9)",
            "time",
            "time(3)",
            "timetz",
            "timetz(0)",
            "timestamp",
            "timestamp(2)",
            "timestamptz",
            "timestamptz(6)",
            "interval",
            "interval(3)",
            "interval year to month",
            "interval day to second(2)",
            "interval hour",
            "text",
            "\"char\"",
            "name",
            "oid",
            "bytea",
            "uuid",
            "json",
            "jsonb",
            "xml",
            "inet",
            "date",
            "money",
            "point",
            "int2vector",
            "oidvector",
            "tsvector",
            "int4range",
            "regclass",
            "pg_lsn",
            "text[]",
            "varchar(80)[]",
            "numeric(4,1)[]",
            "char(3)[]",
            "bit varying(3)[]",
            "timestamptz(1)[]",
            "\"char\"[]",
            "name[]",
            "bpchar[]",
            "odd.\"Mood\"",
            "odd.\"Mood\"[]",
            "odd.place",
            "odd.place[]",
            "odd.mail[]",
            "odd.\"text\"",
            "odd.span",
            "odd.span[]");

    /** Declared type, then what a client sees of a domain. */
    private static final Map<String, String> DOMAINS = Map.of(
            "odd.mail", "character varying(80)",
            "odd.work_mail", "character varying(80)",
            "odd.mails", "character varying(80)[]",
            "odd.price", "numeric(6,2)",
            "odd.anything", "pg_catalog.text",
            "odd.code", "character(3)");

    private static final String TYPES =
            """
            CREATE SCHEMA odd;
            CREATE DOMAIN odd.mail AS varchar(80);
            CREATE DOMAIN odd.work_mail AS odd.mail;
            CREATE DOMAIN odd.mails AS varchar(80)[];
            CREATE DOMAIN odd.price AS numeric(6,2);
            CREATE DOMAIN odd.anything AS text;
            CREATE DOMAIN odd.code AS char(3);
            CREATE TYPE odd."Mood" AS ENUM ('good');
            CREATE TYPE odd.place AS (street text);
            CREATE TYPE odd."text" AS ENUM ('evil');
            CREATE TYPE odd.span AS RANGE (SUBTYPE = date);
            """;

    private static final List<String> CAPTURED = List.of(
            "text",
            "varchar",
            "bpchar",
            "char",
            "bit",
            "varbit",
            "bool",
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "numeric",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "interval",
            "name",
            "json",
            "date",
            "_text",
            "_varchar",
            "bytea",
            "point",
            "boolean",
            "integer");

    @Test
    void castsGiveTheColumnsTypeUnderAHostileSearchPath() throws Exception {
        TestDatabase database = TestDatabase.create(TYPES + createTable(DECLARED));
        try (Connection connection = database.connect()) {
            capture(connection);
            Map<String, String> declared = columns(connection, "odd", "t");
            Map<String, String> cast = new LinkedHashMap<>();
            for (Column column : relation(connection).columns()) {
                ColumnType type = column.type();
                assertThat(type.oid() + " " + type.typmod()).isEqualTo(declared.get(column.name()));
                cast.put(column.name(), typeOf(connection, type.sql()));
            }
            assertThat(cast).isEqualTo(declared).hasSameSizeAs(DECLARED);
        }
    }

    @Test
    void domainsBecomeTheirBaseType() throws Exception {
        List<String> domains = List.copyOf(DOMAINS.keySet());
        TestDatabase database = TestDatabase.create(TYPES + createTable(domains));
        try (Connection connection = database.connect()) {
            capture(connection);
            Map<String, String> read = new LinkedHashMap<>();
            for (Column column : relation(connection).columns()) {
                ColumnType type = column.type();
                read.put(domains.get(column.number() - 1), type.sql());
                assertThat(typeOf(connection, type.sql())).isEqualTo(type.oid() + " " + type.typmod());
            }
            assertThat(read).isEqualTo(DOMAINS);
        }
    }

    private static String createTable(List<String> types) {
        List<String> columns = new ArrayList<>();
        for (String type : types) {
            columns.add("c" + (columns.size() + 1) + " " + type);
        }
        return "CREATE TABLE odd.t (" + String.join(", ", columns) + ")";
    }

    private static void capture(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA evil");
            for (String name : CAPTURED) {
                statement.execute("CREATE DOMAIN evil.\"" + name + "\" AS pg_catalog.macaddr");
            }
            statement.execute("SET search_path = evil, odd, pg_catalog");
        }
    }

    private static Relation relation(Connection connection) throws SQLException {
        return CatalogLoader.load(connection)
                .findRelation(new QualifiedName("odd", "t"))
                .orElseThrow();
    }

    private static String typeOf(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP VIEW IF EXISTS odd.probe");
            statement.execute("CREATE VIEW odd.probe AS SELECT CAST(NULL AS " + sql + ") AS c");
        }
        return columns(connection, "odd", "probe").values().iterator().next();
    }

    /** Type oid and typmod of each column. */
    private static Map<String, String> columns(Connection connection, String schema, String table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT attname, atttypid::pg_catalog.int8, atttypmod"
                        + " FROM pg_catalog.pg_attribute WHERE attnum > 0 AND attrelid = '" + schema + "." + table
                        + "'::pg_catalog.regclass ORDER BY attnum")) {
            while (rows.next()) {
                columns.put(rows.getString(1), rows.getLong(2) + " " + rows.getInt(3));
            }
        }
        return columns;
    }
}
