package dev.bauta.catalog;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Has the server read queries by PREPARE, which runs nothing and needs no privilege on what a query names. */
final class QueryTrials {
    /** What is wrong with a query itself: syntax errors, unknown names and types that do not fit, and bad constants. */
    private static final String FAULTS = "(42|22|0A).*";

    /** A name that nobody else has on the connection. */
    private static final String NAME = "\"bauta: trial\"";

    private static final String PRIVILEGES = "42501";

    private QueryTrials() {}

    static Map<String, String> run(CatalogTransaction transaction, Collection<String> queries) throws SQLException {
        Map<String, String> faults = new HashMap<>();
        for (String query : queries) {
            try {
                transaction.attempt("PREPARE " + NAME + " AS " + query);
                faults.put(query, "");
                transaction.attempt("DEALLOCATE " + NAME);
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                if (state.equals(PRIVILEGES)) {
                    continue;
                }
                if (!state.matches(FAULTS)) {
                    throw e;
                }
                faults.put(query, firstLine(e));
            }
        }
        return faults;
    }

    private static String firstLine(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
    }
}
