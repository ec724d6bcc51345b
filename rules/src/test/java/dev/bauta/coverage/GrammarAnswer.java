package dev.bauta.coverage;

import java.util.List;

/** What PostgreSQL's own grammar makes of a text. */
sealed interface GrammarAnswer {
    /** It is a list of statements. */
    record Accepted(List<GrammarStatement> statements) implements GrammarAnswer {
        public Accepted {
            statements = List.copyOf(statements);
        }
    }

    /** It is not SQL. */
    record Rejected(String message) implements GrammarAnswer {}
}
