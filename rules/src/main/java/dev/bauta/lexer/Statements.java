package dev.bauta.lexer;

import java.util.ArrayList;
import java.util.List;

/** Splits a text into its statements, where the server's grammar does: at semicolons. */
public final class Statements {
    private Statements() {}

    /** The runs of tokens between semicolons, empty ones left out. */
    public static List<TokenRange> split(Tokens tokens) {
        if (!tokens.hasSemicolons()) {
            return tokens.size() == 0 ? List.of() : List.of(new TokenRange(0, tokens.size()));
        }
        List<TokenRange> statements = new ArrayList<>(1);
        int from = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.isSymbol(i, ';')) {
                if (i > from) {
                    statements.add(new TokenRange(from, i));
                }
                from = i + 1;
            }
        }
        return statements;
    }
}
