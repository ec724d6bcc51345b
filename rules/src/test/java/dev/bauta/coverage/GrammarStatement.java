package dev.bauta.coverage;

import java.util.Set;

/**
 * A statement as PostgreSQL's own grammar sees it. Offsets are bytes of the whole text's UTF-8. Immutable.
 *
 * @param kind the name of its node, such as {@code SelectStmt}
 * @param from where it starts, white space and comments before it included
 * @param length up to the semicolon behind it; negative when it goes on to the text's end
 * @param relations every reference to a relation or a WITH item; of query statements alone
 * @param columns every possibly qualified name or star in an expression; of query statements alone
 * @param modifiers the names among the modifiers of types, which are constants; of query statements alone
 */
record GrammarStatement(
        String kind, int from, int length, Set<Reference> relations, Set<Reference> columns, Set<Reference> modifiers) {
    private static final Set<String> QUERIES =
            Set.of("SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt");

    GrammarStatement {
        relations = Set.copyOf(relations);
        columns = Set.copyOf(columns);
        modifiers = Set.copyOf(modifiers);
    }

    boolean isQuery() {
        return QUERIES.contains(kind);
    }
}
