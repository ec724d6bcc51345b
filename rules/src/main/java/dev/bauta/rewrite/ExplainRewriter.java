package dev.bauta.rewrite;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;

/**
 * Takes the estimates out of plans that are made over protected columns: the planner's numbers of rows come from statistics of
 * the raw values, such as how many different ones there are.
 */
public final class ExplainRewriter {
    private static final String OPTION = "COSTS OFF";

    private ExplainRewriter() {}

    /** True when the statement is an EXPLAIN. */
    public static boolean isExplain(Tokens tokens, TokenRange statement) {
        return tokens.isWord(statement.from(), "explain");
    }

    /** Adds the option, of which the server heeds the last one given; the old spelling becomes a list of options. */
    public static Edit withoutCosts(Tokens tokens, TokenRange statement) {
        int first = statement.from() + 1;
        if (tokens.is(first, "(") && isOption(tokens, first + 1)) {
            return Edit.insert(closing(tokens, first, statement.to()), ", " + OPTION);
        }
        StringBuilder options = new StringBuilder();
        int after = first;
        while (tokens.isWord(after, "analyze") || tokens.isWord(after, "analyse") || tokens.isWord(after, "verbose")) {
            options.append(tokens.source(after++)).append(", ");
        }
        String list = "(" + options + OPTION + ")";
        return after == first ? Edit.insert(first, " " + list) : Edit.replace(new TokenRange(first, after), list);
    }

    /** What stands in parentheses is a list of options where it is no query. */
    private static boolean isOption(Tokens tokens, int i) {
        return !tokens.is(i, "(")
                && !tokens.isWord(i, "select")
                && !tokens.isWord(i, "with")
                && !tokens.isWord(i, "values")
                && !tokens.isWord(i, "table");
    }

    private static int closing(Tokens tokens, int open, int end) {
        int i = open;
        while (i < end && !tokens.is(i, ")")) {
            i++;
        }
        return i;
    }
}
