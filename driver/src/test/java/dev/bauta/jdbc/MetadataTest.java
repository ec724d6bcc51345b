package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The metadata of a masked connection is PostgreSQL's, without the definitions of protected relations. */
class MetadataTest {
    private static DriverFixture fixture;

    @BeforeAll
    static void create() {
        fixture = DriverFixture.create(
                """
                ALTER TABLE customers ALTER email SET DEFAULT 'canary-1', ADD number bigserial, ADD made timestamptz DEFAULT now();
                COMMENT ON TABLE customers IS 'with canary-2';
                COMMENT ON COLUMN customers.email IS 'such as canary-3';
                CREATE INDEX partial ON customers (id) WHERE email = 'canary-4';
                CREATE INDEX computed ON customers ((email || 'canary-5'), id);
                CREATE VIEW shown AS SELECT id, email FROM customers WHERE email <> 'canary-6';
                COMMENT ON VIEW shown IS 'without canary-7';
                COMMENT ON INDEX computed IS 'over canary-8';
                COMMENT ON SEQUENCE customers_number_seq IS 'after canary-9';
                COMMENT ON TYPE customers IS 'rows of canary-10';
                COMMENT ON TYPE shown IS 'rows of canary-11';
                CREATE TYPE pair AS (one int, other int);
                COMMENT ON TYPE pair IS 'about pairs';
                COMMENT ON TABLE orders IS 'about orders';
                COMMENT ON COLUMN orders.note IS 'about notes';
                ALTER TABLE orders ALTER note SET DEFAULT 'none';
                CREATE INDEX noted ON orders (lower(note)) WHERE note <> 'x';
                """);
    }

    @Test
    void definitionsOfProtectedRelationsAreWithheld() throws SQLException {
        try (Connection masked = fixture.connect();
                Connection plain = DriverManager.getConnection(fixture.database.url(), "analyst", "analyst")) {
            assertThat(String.join("\n", all(plain.getMetaData())))
                    .contains(
                            "canary-1",
                            "canary-2",
                            "canary-4",
                            "canary-5",
                            "canary-8",
                            "canary-9",
                            "canary-10",
                            "canary-11");
            assertThat(String.join("\n", all(masked.getMetaData())))
                    .doesNotContain("canary")
                    .contains("nextval('customers_number_seq'::regclass)", "now()", "about pairs");
        }
    }

    @Test
    void allElseIsThatOfPostgres() throws SQLException {
        try (Connection masked = fixture.connect();
                Connection plain = DriverManager.getConnection(fixture.database.url(), "analyst", "analyst")) {
            assertThat(ofTable(masked.getMetaData(), "orders")).isEqualTo(ofTable(plain.getMetaData(), "orders"));
            List<String> expected = all(plain.getMetaData());
            List<String> shown = all(masked.getMetaData());
            assertThat(shown).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(withoutDefinitions(shown.get(i))).isEqualTo(withoutDefinitions(expected.get(i)));
            }
        }
    }

    /** The PostgreSQL driver has a result without descriptions of its columns there. */
    @Test
    void anotherDatabaseHasNoFunctions() throws SQLException {
        try (Connection masked = fixture.connect();
                ResultSet none = masked.getMetaData().getFunctions("elsewhere", null, "%")) {
            assertThat(none.next()).isFalse();
        }
    }

    private static String withoutDefinitions(String row) {
        return row.replaceAll("(REMARKS|COLUMN_DEF|FILTER_CONDITION|COLUMN_NAME)=[^¦]*¦", "$1¦");
    }

    private static List<String> all(DatabaseMetaData metaData) throws SQLException {
        List<String> rows = ofTable(metaData, "%");
        for (String table : List.of("customers", "shown")) {
            rows.addAll(ofTable(metaData, table));
        }
        rows.addAll(rows(metaData.getCatalogs()));
        rows.addAll(rows(metaData.getSchemas()));
        rows.addAll(rows(metaData.getTableTypes()));
        rows.addAll(rows(metaData.getTypeInfo()));
        rows.addAll(rows(metaData.getUDTs(null, "public", "%", null)));
        rows.addAll(rows(metaData.getFunctions(null, "public", "%")));
        return rows;
    }

    private static List<String> ofTable(DatabaseMetaData metaData, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        rows.addAll(rows(metaData.getTables(null, "public", table, null)));
        rows.addAll(rows(metaData.getColumns(null, "public", table, "%")));
        rows.addAll(rows(metaData.getPrimaryKeys(null, "public", table)));
        rows.addAll(rows(metaData.getIndexInfo(null, "public", table, false, true)));
        rows.addAll(rows(metaData.getImportedKeys(null, "public", table)));
        rows.addAll(rows(metaData.getTablePrivileges(null, "public", table)));
        return rows;
    }

    private static List<String> rows(ResultSet results) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (results.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
                row.append(results.getMetaData().getColumnLabel(i))
                        .append('=')
                        .append(results.getObject(i))
                        .append('¦');
            }
            rows.add(row.toString());
        }
        return rows;
    }
}
