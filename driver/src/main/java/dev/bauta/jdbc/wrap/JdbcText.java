package dev.bauta.jdbc.wrap;

import java.util.List;

/**
 * A text as the application hands it over, and how the PostgreSQL driver is going to read it.
 *
 * @param sql the application's text
 * @param escapes true when JDBC escapes such as {@code {fn …}} are to be translated
 * @param parameterized true for prepared statements, in which {@code ?} is a parameter
 * @param returning columns of generated keys to ask for, {@code *} for all, empty for none
 */
record JdbcText(String sql, boolean escapes, boolean parameterized, List<String> returning) {
    /** All columns as generated keys. */
    static final List<String> ALL_COLUMNS = List.of("*");

    JdbcText {
        returning = List.copyOf(returning);
    }

    /** The text of a prepared statement. */
    static JdbcText prepared(String sql, List<String> returning) {
        return new JdbcText(sql, true, true, returning);
    }

    /** A text that the PostgreSQL driver sends by itself. */
    static JdbcText own(String sql) {
        return new JdbcText(sql, false, false, List.of());
    }

    /** Nothing of the text. */
    @Override
    public String toString() {
        return "JdbcText[parameterized=" + parameterized + "]";
    }
}
