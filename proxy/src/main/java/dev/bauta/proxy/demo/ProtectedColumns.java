package dev.bauta.proxy.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads, raw, what the demonstration's rules protect. */
final class ProtectedColumns {
    /** The protected columns, as SELECT lists over their tables. */
    private static final List<String> SOURCES = List.of(
            "full_name, email, phone, card_number, birth_date::text, street FROM customers",
            "holder, card_number FROM payments",
            "ship_to FROM orders",
            "full_name, ssn, birth_date::text, email, phone FROM clinic.patients",
            "emergency_contact->>'name', emergency_contact->>'phone' FROM clinic.patients",
            "diagnosis FROM clinic.visits",
            "full_name, work_email, birth_date::text, salary::text, bank_account FROM hr.employees");

    private ProtectedColumns() {}

    /** Every raw value of every protected column. */
    static RawValues read(Connection raw) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = raw.createStatement()) {
            for (String source : SOURCES) {
                addAll(statement, "SELECT " + source, values);
            }
        }
        return new RawValues(values);
    }

    /** A customer's address to guess. */
    static String someEmail(Connection raw) throws SQLException {
        List<String> emails = new ArrayList<>();
        try (Statement statement = raw.createStatement()) {
            addAll(statement, "SELECT email FROM customers WHERE id = 17", emails);
        }
        return emails.get(0);
    }

    private static void addAll(Statement statement, String sql, List<String> values) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                for (int column = 1; column <= columns; column++) {
                    String value = result.getString(column);
                    if (value != null) {
                        values.add(value);
                    }
                }
            }
        }
    }
}
