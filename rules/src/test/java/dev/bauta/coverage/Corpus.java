package dev.bauta.coverage;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query statements that PostgreSQL's own grammar finds in texts: those that stand alone, those behind another statement's
 * head (EXPLAIN, CREATE VIEW …), and those in the bodies of functions. Each text counts once.
 */
final class Corpus {
    private static final Pattern QUERY_START =
            Pattern.compile("\\b(select|with|values|insert|update|delete|merge)\\b|\\(", Pattern.CASE_INSENSITIVE);
    private static final Pattern TEXT_VARIABLE = Pattern.compile(":'\\w+'");
    private static final Pattern NAME_VARIABLE = Pattern.compile("(?<!:):\"?[A-Za-z_]\\w*\"?");
    private static final int MOST_HEADS = 12;
    private static final int LONGEST = 60_000;

    private final String name;
    private final Grammar grammar;
    private final Map<String, GrammarStatement> statements = new LinkedHashMap<>();

    /**
     * Makes an empty corpus.
     *
     * @param grammar what decides about its texts
     */
    Corpus(String name, Grammar grammar) {
        this.name = name;
        this.grammar = grammar;
    }

    String name() {
        return name;
    }

    Grammar grammar() {
        return grammar;
    }

    /** The statements by text, with what the grammar says of each. */
    Map<String, GrammarStatement> statements() {
        return statements;
    }

    void addScript(String script) {
        PsqlScript.pieces(script).forEach(this::add);
    }

    /** Adds the query statements of a text, as far as it is valid. */
    void add(String text) {
        if (text.length() > LONGEST || statements.containsKey(text)) {
            return;
        }
        if (grammar.parse(text) instanceof GrammarAnswer.Accepted accepted) {
            addAccepted(text, accepted);
        } else {
            addRejected(text);
        }
        addBodies(text);
    }

    private void addAccepted(String text, GrammarAnswer.Accepted accepted) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        for (GrammarStatement statement : accepted.statements()) {
            int to = statement.length() < 0 ? utf8.length : statement.from() + statement.length();
            String own = new String(Arrays.copyOfRange(utf8, statement.from(), to), StandardCharsets.UTF_8).strip();
            if (!statement.isQuery()) {
                addBehindHead(own);
            } else if (grammar.parse(own) instanceof GrammarAnswer.Accepted alone) {
                statements.put(own, alone.statements().get(0));
            }
        }
    }

    private void addRejected(String text) {
        List<String> pieces = split(text);
        String filled = fillVariables(text);
        if (pieces.size() > 1) {
            pieces.forEach(this::add);
        } else if (!filled.equals(text)) {
            add(filled);
        } else {
            addBehindHead(text);
        }
    }

    /** The first query that stands behind other words. */
    private void addBehindHead(String text) {
        Matcher start = QUERY_START.matcher(text);
        for (int tries = 0; tries < MOST_HEADS && start.find(); tries++) {
            String rest = text.substring(start.start());
            if (start.start() > 0
                    && grammar.parse(rest) instanceof GrammarAnswer.Accepted accepted
                    && accepted.statements().get(0).isQuery()) {
                addAccepted(rest, accepted);
                return;
            }
        }
    }

    private void addBodies(String text) {
        Tokens tokens = lex(text);
        for (int i = 0; tokens != null && i < tokens.size(); i++) {
            if (tokens.kind(i) == TokenKind.DOLLAR_STRING) {
                String quoted = tokens.source(i);
                int delimiter = quoted.indexOf('$', 1) + 1;
                addScript(quoted.substring(delimiter, quoted.length() - delimiter));
            }
        }
    }

    private static List<String> split(String text) {
        Tokens tokens = lex(text);
        List<String> pieces = new ArrayList<>();
        if (tokens != null) {
            Statements.split(tokens)
                    .forEach(range ->
                            pieces.add(text.substring(tokens.start(range.from()), tokens.end(range.to() - 1))));
        }
        return pieces;
    }

    private static @Nullable Tokens lex(String text) {
        try {
            return Lexer.lex(text, LexerSettings.SERVER);
        } catch (LexicalException e) {
            return null;
        }
    }

    /** Puts something in the place of psql's variables. */
    private static String fillVariables(String text) {
        return NAME_VARIABLE
                .matcher(TEXT_VARIABLE.matcher(text).replaceAll("'v'"))
                .replaceAll("v");
    }
}
