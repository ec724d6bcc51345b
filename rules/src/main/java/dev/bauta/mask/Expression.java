package dev.bauta.mask;

import dev.bauta.catalog.QualifiedName;
import java.util.Set;
import java.util.function.Function;

/**
 * An SQL expression that a DBA has written, as SQL that means the same whatever the search_path holds. Immutable.
 *
 * @param template the SQL; between two {@link #MARK}s stands the name of a column, or nothing for the masked one
 * @param columns the other columns of the row that it reads
 * @param functions the functions that it calls
 * @param callers the operators and types of other schemas than {@code pg_catalog} that it uses, behind which functions can stand
 */
record Expression(String template, Set<String> columns, Set<QualifiedName> functions, Set<QualifiedName> callers) {
    /** What no text of PostgreSQL can hold. */
    static final char MARK = '\0';
    /** The masked column. */
    static final String VALUE = reference("");

    Expression {
        columns = Set.copyOf(columns);
        functions = Set.copyOf(functions);
        callers = Set.copyOf(callers);
    }

    /** How a template refers to a column. */
    static String reference(String column) {
        return MARK + column + MARK;
    }

    /**
     * The SQL over one row.
     *
     * @param value refers to the masked column
     * @param others refers to another column of the row
     */
    String sql(String value, Function<String, String> others) {
        String[] parts = template.split(String.valueOf(MARK), -1);
        StringBuilder sql = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i += 2) {
            sql.append(parts[i].isEmpty() ? value : others.apply(parts[i])).append(parts[i + 1]);
        }
        return sql.toString();
    }

    /** Not the template: it may tell about the data. */
    @Override
    public String toString() {
        return "Expression" + functions;
    }
}
