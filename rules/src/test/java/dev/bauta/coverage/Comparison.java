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

/** Holds lexer and parser to what PostgreSQL's own grammar says of a text. */
final class Comparison {
    /** Statements with semicolons inside, which the splitter does not know; neither can be run by a masked session. */
    private static final Set<String> WITH_SEMICOLONS = Set.of("RuleStmt", "CreateFunctionStmt");

    private final Tokens tokens;

    private Comparison(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Compares.
     *
     * @param text any text that the grammar accepts
     * @param expected the statements that the grammar sees in it
     * @return the first way in which a query statement differs, or else the first that is not understood
     */
    static Outcome compare(String text, List<GrammarStatement> expected) {
        try {
            return new Comparison(Lexer.lex(text, LexerSettings.SERVER)).outcome(expected);
        } catch (LexicalException e) {
            return new Outcome.NotLexed(String.valueOf(e.getMessage()));
        }
    }

    private Outcome outcome(List<GrammarStatement> expected) {
        if (expected.stream().anyMatch(statement -> WITH_SEMICOLONS.contains(statement.kind()))) {
            return new Outcome.Same();
        }
        List<TokenRange> statements = Statements.split(tokens);
        if (statements.size() != expected.size()) {
            return new Outcome.Differs(statements.size() + " statements instead of " + expected.size());
        }
        Outcome worst = new Outcome.Same();
        for (int i = 0; i < statements.size(); i++) {
            Outcome outcome = outcome(statements.get(i), expected.get(i));
            if (outcome instanceof Outcome.Differs) {
                return outcome;
            }
            worst = outcome instanceof Outcome.NotAnalysed ? outcome : worst;
        }
        return worst;
    }

    private Outcome outcome(TokenRange statement, GrammarStatement expected) {
        int to = expected.length() < 0 ? Integer.MAX_VALUE : expected.from() + expected.length();
        if (offset(tokens.start(statement.from())) < expected.from() || offset(tokens.end(statement.to() - 1)) > to) {
            return new Outcome.Differs("the statement's boundaries");
        }
        if (!expected.isQuery()) {
            return new Outcome.Same();
        }
        try {
            return outcome(Parsed.of(tokens, statement), expected);
        } catch (NotAnalysableException e) {
            return new Outcome.NotAnalysed(construct(e));
        }
    }

    private Outcome outcome(Parsed parsed, GrammarStatement expected) {
        Set<Reference> relations = new TreeSet<>();
        for (TableReference table : parsed.references()) {
            relations.add(new Reference(offset(tokens.start(table.name().from())), table.parts()));
        }
        Set<Reference> columns = new TreeSet<>();
        for (ColumnReference column : parsed.query().columns()) {
            List<String> parts = new ArrayList<>(column.parts());
            if (column.star()) {
                parts.add("*");
            }
            columns.add(new Reference(offset(tokens.start(column.range().from())), parts));
        }
        // f(a) 'x' is a constant, which only shows behind what looks like a call.
        columns.removeIf(column ->
                expected.modifiers().contains(column) && !expected.columns().contains(column));
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

    /** In bytes of UTF-8. */
    private int offset(int index) {
        return tokens.text().substring(0, index).getBytes(StandardCharsets.UTF_8).length;
    }

    private String construct(NotAnalysableException e) {
        if (e.token() < 0) {
            return String.valueOf(e.getMessage());
        }
        int from = Math.max(0, e.token() - 2);
        int to = Math.min(tokens.size() - 1, e.token() + 1);
        String words = tokens.text().substring(tokens.start(from), tokens.end(to));
        return e.getMessage() + ": " + words.replaceAll("\\s+", " ");
    }
}
