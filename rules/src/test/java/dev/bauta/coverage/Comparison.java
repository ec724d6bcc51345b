package dev.bauta.coverage;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.NotAnalysableException;
import dev.bauta.parser.Parsed;
import dev.bauta.parser.ParsedQuery.ColumnReference;
import dev.bauta.parser.TableReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Holds lexer and parser to what PostgreSQL's own grammar says of a statement. */
final class Comparison {
    private final String text;
    private final Tokens tokens;
    private final Parsed parsed;

    private Comparison(Tokens tokens, Parsed parsed) {
        this.text = tokens.text();
        this.tokens = tokens;
        this.parsed = parsed;
    }

    /**
     * Compares.
     *
     * @param text one query statement and nothing else
     * @param expected what the grammar says of it
     */
    static Outcome compare(String text, GrammarStatement expected) {
        Tokens tokens;
        try {
            tokens = Lexer.lex(text, LexerSettings.SERVER);
        } catch (LexicalException e) {
            return new Outcome.NotLexed(String.valueOf(e.getMessage()));
        }
        List<TokenRange> statements = Statements.split(tokens);
        if (statements.size() != 1) {
            return new Outcome.Differs(statements.size() + " statements instead of one");
        }
        try {
            return new Comparison(tokens, Parsed.of(tokens, statements.get(0))).outcome(expected);
        } catch (NotAnalysableException e) {
            return new Outcome.NotAnalysed(construct(tokens, e));
        }
    }

    private Outcome outcome(GrammarStatement expected) {
        Set<Reference> relations = new TreeSet<>();
        for (TableReference table : parsed.references()) {
            relations.add(new Reference(offset(table.name().from()), table.parts()));
        }
        Set<Reference> columns = new TreeSet<>();
        for (ColumnReference column : parsed.query().columns()) {
            List<String> parts = new ArrayList<>(column.parts());
            if (column.star()) {
                parts.add("*");
            }
            columns.add(new Reference(offset(column.range().from()), parts));
        }
        if (!relations.equals(expected.relations())) {
            return differs("relations", relations, expected.relations());
        } else if (!columns.equals(expected.columns())) {
            return differs("columns", columns, expected.columns());
        } else if (!parsed.unexplained().isEmpty()) {
            return new Outcome.Differs("not explained: " + parsed.unexplained());
        }
        return new Outcome.Same();
    }

    private static Outcome differs(String what, Set<Reference> found, Set<Reference> expected) {
        Set<Reference> ours = new TreeSet<>(found);
        ours.removeAll(expected);
        Set<Reference> theirs = new TreeSet<>(expected);
        theirs.removeAll(found);
        return new Outcome.Differs(what + ": ours alone " + ours + ", PostgreSQL's alone " + theirs);
    }

    private int offset(int token) {
        return text.substring(0, tokens.start(token)).getBytes(StandardCharsets.UTF_8).length;
    }

    private static String construct(Tokens tokens, NotAnalysableException e) {
        if (e.token() < 0) {
            return String.valueOf(e.getMessage());
        }
        int from = Math.max(0, e.token() - 2);
        int to = Math.min(tokens.size() - 1, e.token() + 1);
        return e.getMessage() + ": "
                + tokens.text().substring(tokens.start(from), tokens.end(to)).replaceAll("\\s+", " ");
    }
}
