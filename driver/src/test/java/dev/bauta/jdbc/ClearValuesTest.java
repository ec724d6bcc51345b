package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is not protected is what the PostgreSQL driver itself gives. */
class ClearValuesTest {
    private static final String EVERY_TYPE =
            """
            CREATE TYPE mood AS ENUM ('sad', 'glad');
            CREATE TABLE types (
              a bool, b int2, c int4, d int8, e float4, f float8, g numeric(10, 2), h money, i text, j varchar(9), k char(3),
              l bytea, m date, n time, o timetz, p timestamp, q timestamptz, r interval, s uuid, t json, u jsonb, v xml,
              w inet, x cidr, y macaddr, z bit(3), aa varbit, ab point, ac box, ad circle, ae path, af polygon, ag lseg,
              ah line, ai int4range, aj tsvector, ak tsquery, al int4[], am text[], an numeric[], ao mood, ap mood[],
              aq oid, ar name, "as" hstore_like);
            INSERT INTO types VALUES (
              true, 1, 2, 3, 1.5, 2.5, 12.34, 5, 'text', 'varchar', 'c', '\\x0102', '2020-02-29', '12:34:56', '12:34:56+02',
              '2020-02-29 12:34:56.789', '2020-02-29 12:34:56.789+00', '1 mon 2 days', '6f1c4b1e-0000-4000-8000-000000000001',
              '{"a": 1}', '{"b": [1, 2]}', '<a/>', '10.0.0.1', '10.0.0.0/8', '08:00:2b:01:02:03', '101', '11',
              '(1,2)', '((0,0),(1,1))', '<(0,0),1>', '[(0,0),(1,1)]', '((0,0),(1,1),(1,0))', '[(0,0),(1,1)]', '{1,2,3}',
              '[1,5)', 'a b', 'a & b', '{1,NULL,3}', '{"x, y",z}', '{1.50}', 'glad', '{sad,glad}', 42, 'name', '(1,x)');
            INSERT INTO types DEFAULT VALUES;
            GRANT SELECT ON types TO analyst;
            """;

    private static DriverFixture fixture;

    @BeforeAll
    static void create() {
        fixture = DriverFixture.create("CREATE TYPE hstore_like AS (n int, t text);", EVERY_TYPE);
    }

    private static List<String> values(Connection connection, int fetchSize, boolean binary) throws SQLException {
        List<String> values = new ArrayList<>();
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM types WHERE true = ?")) {
            statement.setFetchSize(fetchSize);
            statement.setBoolean(1, true);
            for (int i = 0; i < (binary ? 8 : 1); i++) {
                values.clear();
                try (ResultSet result = statement.executeQuery()) {
                    describe(result.getMetaData(), values);
                    while (result.next()) {
                        read(result, values);
                    }
                }
            }
        }
        return values;
    }

    private static void describe(ResultSetMetaData columns, List<String> values) throws SQLException {
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            values.add(columns.getColumnLabel(i) + " " + columns.getColumnTypeName(i) + " " + columns.getColumnType(i)
                    + " "
                    + columns.getColumnClassName(i) + " " + columns.getPrecision(i) + " " + columns.getScale(i) + " "
                    + columns.getTableName(i) + " " + columns.isNullable(i));
        }
    }

    private static void read(ResultSet result, List<String> values) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        for (int i = 1; i <= columns; i++) {
            String label = result.getMetaData().getColumnLabel(i);
            values.add(label + " = " + show(result.getObject(i)) + " / " + text(result, i) + " / "
                    + show(result.getObject(label)) + " / " + Arrays.toString(result.getBytes(i)) + " / "
                    + result.wasNull());
        }
    }

    /** The PostgreSQL driver's text of a bytea in binary format is an identity. */
    private static String text(ResultSet result, int column) throws SQLException {
        return String.valueOf(result.getString(column)).replaceFirst("^\\[B@[0-9a-f]+$", "[B@");
    }

    private static String show(@Nullable Object value) throws SQLException {
        if (value instanceof Array array) {
            return array.getBaseTypeName() + " " + array + " " + Arrays.deepToString((Object[]) array.getArray()) + " "
                    + MaskingTest.rows(array.getResultSet());
        } else if (value instanceof SQLXML xml) {
            return xml.getString();
        } else if (value instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        }
        return value == null ? "null" : value.getClass().getName() + " " + value;
    }

    @Test
    void everyTypeIsWhatThePostgresDriverGives() throws SQLException {
        for (boolean binary : new boolean[] {false, true}) {
            for (int fetchSize : new int[] {0, 1}) {
                try (Connection plain = DriverManager.getConnection(fixture.database.url(), "analyst", "analyst");
                        Connection masked = fixture.connect()) {
                    assertThat(values(masked, fetchSize, binary)).isEqualTo(values(plain, fetchSize, binary));
                }
            }
        }
    }

    @Test
    void wrappersGoBackIn() throws SQLException {
        try (Connection connection = fixture.connect();
                PreparedStatement statement = connection.prepareStatement("SELECT ?::int[], ?::xml, ?::text[]")) {
            SQLXML xml = connection.createSQLXML();
            xml.setString("<a/>");
            statement.setArray(1, connection.createArrayOf("int4", new Object[] {1, 2}));
            statement.setSQLXML(2, xml);
            statement.setObject(3, connection.createArrayOf("text", new Object[] {"a"}));
            assertThat(MaskingTest.rows(statement.executeQuery())).containsExactly("{1,2},<a/>,{a}");
        }
    }

    @Test
    void metadataIsThatOfPostgres() throws SQLException {
        try (Connection plain = DriverManager.getConnection(fixture.database.url(), "analyst", "analyst");
                Connection masked = fixture.connect()) {
            assertThat(MaskingTest.rows(masked.getMetaData().getColumns(null, "public", "types", null)))
                    .isEqualTo(MaskingTest.rows(plain.getMetaData().getColumns(null, "public", "types", null)));
            assertThat(MaskingTest.rows(masked.getMetaData().getPrimaryKeys(null, "public", "customers")))
                    .isEqualTo(MaskingTest.rows(plain.getMetaData().getPrimaryKeys(null, "public", "customers")));
            assertThat(masked.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
            assertThat(masked.getMetaData().getUserName()).isEqualTo("analyst");
            assertThat(masked.getMetaData().getDriverName()).isEqualTo(BautaDriver.NAME);
        }
    }
}
