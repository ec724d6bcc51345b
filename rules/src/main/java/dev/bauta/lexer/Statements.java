package dev.bauta.lexer;

import java.util.ArrayList;
import java.util.List;

/** Splits a text into its statements, where the server's grammar does: at semicolons, but for those in the body of a rule or a routine. */
public final class Statements {
    private Statements() {}

    /** The runs of tokens between semicolons, empty ones left out. */
    public static List<TokenRange> split(Tokens tokens) {
        if (!tokens.hasSemicolons()) {
            return tokens.size() == 0 ? List.of() : List.of(new TokenRange(0, tokens.size()));
        }
        List<TokenRange> statements = new ArrayList<>(1);
        int from = 0;
        while (from < tokens.size()) {
            int end = end(tokens, from);
            if (end > from) {
                statements.add(new TokenRange(from, end));
            }
            from = end + 1;
        }
        return statements;
    }

    private static int end(Tokens tokens, int from) {
        int body = tokens.isWord(from, "create") ? from + 1 : from;
        if (body > from && tokens.isWord(body, "or") && tokens.isWord(body + 1, "replace")) {
            body += 2;
        }
        boolean rule = body > from && tokens.isWord(body, "rule");
        boolean routine = body > from && (tokens.isWord(body, "function") || tokens.isWord(body, "procedure"));
        int parentheses = 0;
        int blocks = 0;
        for (int i = from; i < tokens.size(); i++) {
            if (tokens.isSymbol(i, ';')) {
                if (blocks == 0 && (parentheses == 0 || !rule)) {
                    return i;
                }
                blocks = Math.min(
                        blocks, 1); // No CASE goes on behind it: what looked like one was the name of a column.
            }
            parentheses += parentheses(tokens, i);
            blocks += routine && (parentheses == 0 || blocks > 0) ? blocks(tokens, i, blocks) : 0;
        }
        return tokens.size();
    }

    /** What a rule does can stand in parentheses, with semicolons between. Parameters of a routine can have any names. */
    private static int parentheses(Tokens tokens, int i) {
        return tokens.isSymbol(i, '(') ? 1 : tokens.isSymbol(i, ')') ? -1 : 0;
    }

    /** {@code BEGIN ATOMIC … END}, where CASE ends by END too. */
    private static int blocks(Tokens tokens, int i, int depth) {
        if (depth == 0) {
            return tokens.isWord(i, "begin") && tokens.isWord(i + 1, "atomic") ? 1 : 0;
        }
        return tokens.isWord(i, "case") ? 1 : tokens.isWord(i, "end") ? -1 : 0;
    }
}
