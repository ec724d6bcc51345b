package dev.bauta.proxy.demo;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDataTest {
    private static final DemoData DATA = DemoData.generate();

    @Test
    void inventsTheSameRowsInEveryRun() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (CopyText table : DATA.tables()) {
            digest.update(table.text().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("f9e7681e85d14f564a3cebc42185910190961857d436624465a219a93df3ba44");
    }

    @Test
    void hasThisManyRows() {
        Map<String, Integer> rows = DATA.tables().stream().collect(toMap(CopyText::table, CopyText::rows));
        assertThat(rows)
                .isEqualTo(Map.of(
                        "customers", 8000,
                        "products", 400,
                        "orders", 15000,
                        "order_items", 29825,
                        "payments", 10733,
                        "clinic.patients", 3000,
                        "clinic.visits", 7000,
                        "hr.departments", 10,
                        "hr.employees", 1200));
        assertThat(DATA.rows()).isGreaterThanOrEqualTo(50_000);
    }

    @Test
    void loadsIntoAServerThatAsksForPasswords(@TempDir Path directory) throws Exception {
        try (DemoServer server = DemoServer.start(directory, DATA);
                Connection connection = server.connect(DemoServer.ANALYST);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM hr.employees")) {
            result.next();
            assertThat(result.getInt(1)).isEqualTo(1200);
        }
    }

    /** Otherwise an answer with clear columns alone would look like a leak. */
    @Test
    void noProtectedValueStandsInAClearColumn(@TempDir Path directory) throws Exception {
        try (DemoServer server = DemoServer.start(directory, DATA);
                Connection connection = server.connect(DemoServer.OWNER);
                Statement statement = connection.createStatement()) {
            RawValues raw = ProtectedColumns.read(connection);
            for (String select : clearColumns(statement)) {
                try (ResultSet result = statement.executeQuery(select)) {
                    while (result.next()) {
                        assertThat(raw.findIn(result.getString(1))).as(select).isEmpty();
                    }
                }
            }
        }
    }

    private static List<String> clearColumns(Statement statement) throws SQLException {
        List<String> selects = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(
                """
                SELECT format('SELECT row(%s)::text FROM %s', string_agg(quote_ident(attname), ', '), attrelid::regclass)
                FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                WHERE relkind IN ('r', 'p', 'v') AND relnamespace::regnamespace::text IN ('public', 'clinic', 'hr')
                AND attnum > 0 AND attname NOT IN ('full_name', 'holder', 'email', 'work_email', 'phone', 'birth_date',
                    'street', 'ship_to', 'last_login_ip', 'card_number', 'ssn', 'bank_account', 'salary', 'diagnosis',
                    'allergies', 'blood_type', 'emergency_contact')
                GROUP BY attrelid
                """)) {
            while (result.next()) {
                selects.add(result.getString(1));
            }
        }
        return selects;
    }
}
