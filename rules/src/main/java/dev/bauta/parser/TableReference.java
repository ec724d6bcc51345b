package dev.bauta.parser;

import dev.bauta.lexer.TokenRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reference to a relation in a statement, references to CTEs already left out. Immutable.
 *
 * @param range the tokens to be replaced: ONLY and its parentheses if there, the name, a trailing {@code *}; no alias. For
 *     {@code TABLE name} the word TABLE is not part of it
 * @param name the tokens of the possibly qualified name alone
 * @param parts the name's one to three parts as PostgreSQL understands them, outermost first
 * @param role what the statement does with it
 * @param scope index into {@link ParsedQuery#scopes}
 * @param only true for {@code ONLY name}
 * @param alias the correlation name, null when there is none
 * @param columnAliases true when a column alias list follows the alias
 * @param sample the tokens of {@code TABLESAMPLE … [REPEATABLE (…)]}, which follow the alias; null when there is none
 * @param tableCommand true for {@code TABLE name}, where the reference is a whole query
 */
public record TableReference(
        TokenRange range,
        TokenRange name,
        List<String> parts,
        Role role,
        int scope,
        boolean only,
        @Nullable String alias,
        boolean columnAliases,
        @Nullable TokenRange sample,
        boolean tableCommand) {
    /** What a statement does with a relation. */
    public enum Role {
        /** Its rows are read. */
        SOURCE,
        /** It is the target of INSERT, UPDATE, DELETE or MERGE. */
        TARGET
    }

    public TableReference {
        parts = List.copyOf(parts);
    }

    /** The name by which the rest of the query refers to it: the alias, or the relation's own name. */
    public String correlationName() {
        return alias != null ? alias : parts.get(parts.size() - 1);
    }
}
