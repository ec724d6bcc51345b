package dev.bauta.engine;

import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.QualifiedName;
import java.util.List;
import java.util.Set;

/**
 * What a statement is about, for audit. The same for all statements of one shape, and free of their constants. Immutable.
 *
 * @param kind its first key word in upper case, or what the words before lead up to: SELECT for {@code WITH … SELECT}
 * @param fingerprint what it has in common with statements that differ from it in constants alone
 * @param relations the relations of the catalog snapshot that it names, in order; where the statement cannot be parsed, every
 *     relation that a word of it can mean
 * @param columns the protected columns of these relations that it can take, in order
 * @param rules the version of the rules under which these columns are protected
 * @param prepares the name under which it leaves a prepared statement or a cursor behind, empty for none
 * @param takes names of which some are prepared statements or cursors that it takes up
 */
public record StatementFacts(
        String kind,
        Fingerprint fingerprint,
        List<QualifiedName> relations,
        List<ProtectedColumn> columns,
        String rules,
        String prepares,
        Set<String> takes) {
    /** The kind of what could not be read, or begins with no key word. */
    public static final String UNKNOWN = "UNKNOWN";

    public StatementFacts {
        relations = List.copyOf(relations);
        columns = List.copyOf(columns);
        takes = Set.copyOf(takes);
    }

    /**
     * A column that a rule protects.
     *
     * @param relation the table or view it belongs to
     * @param column its name
     * @param mask the name of the mask that the rule gives it
     * @param rule where the rule stands, such as {@code rules.yaml:12:5}, or which other reason there is
     * @param origin by which a RowDescription names the column
     */
    public record ProtectedColumn(
            QualifiedName relation, String column, String mask, String rule, ColumnOrigin origin) {}

    /** What is told of a text that cannot be read, or of a protocol feature that goes past SQL text. */
    public static StatementFacts without(String kind, String rules) {
        return new StatementFacts(kind, Fingerprint.NONE, List.of(), List.of(), rules, "", Set.of());
    }
}
