package dev.bauta.gate;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Tokens;
import dev.bauta.testing.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts drawn from the scenarios' statements: cut, recombined, and mixed with words that mean something to PostgreSQL. */
final class Mutations {
    private static final List<String> WORDS = List.of(
            "customers",
            "\"customers\"",
            "hr.employees",
            "public.",
            "events",
            "everybody",
            "name",
            "email",
            "note",
            "*",
            "c",
            "SELECT",
            "FROM",
            "WHERE",
            "WITH",
            "AS",
            "LATERAL",
            "ONLY",
            "TABLE",
            "UNION",
            "JOIN",
            "USING",
            "(",
            ")",
            ",",
            ";",
            ".",
            "::text",
            "[1]",
            "::customers",
            "INTO",
            "TEMP",
            "LOCK",
            "EXPLAIN",
            "RETURNING",
            "VALUES",
            "ORDER BY",
            "1",
            "'x'",
            "row_to_json",
            "count",
            "IN",
            "EXISTS",
            "CASE",
            "END",
            "$1",
            "@",
            "->",
            "/*",
            "--",
            "\n",
            "U&\"cu\\0073tomers\"",
            "pg_temp");

    private final Random random;
    private final List<List<String>> statements = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    Mutations(Random random) {
        this.random = random;
        for (Scenario scenario : Scenario.all()) {
            texts.add(scenario.sql());
            try {
                statements.add(sources(Lexer.lex(scenario.sql(), LexerSettings.SERVER)));
            } catch (LexicalException e) {
                statements.add(List.of(scenario.sql()));
            }
        }
    }

    private static List<String> sources(Tokens tokens) {
        List<String> sources = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            sources.add(tokens.source(i));
        }
        return sources;
    }

    /** A text that may be anything. */
    String any() {
        return switch (random.nextInt(4)) {
            case 0 -> noise();
            case 1 -> cut();
            default -> recombined();
        };
    }

    private String noise() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(60);
        for (int i = 0; i < length; i++) {
            text.append((char) (random.nextInt(8) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
        }
        return text.toString();
    }

    private String cut() {
        String text = pick(texts);
        int from = random.nextInt(4) == 0 ? random.nextInt(text.length()) : 0;
        int to = from + random.nextInt(text.length() - from + 1);
        return random.nextBoolean() ? text.substring(from, to) : text.substring(0, from) + text.substring(to);
    }

    /** Tokens of a statement, some of them left out, doubled, exchanged or put in from elsewhere; mostly close to the statement. */
    String recombined() {
        List<String> tokens = new ArrayList<>(pick(statements));
        int changes = random.nextInt(4);
        for (int i = 0; i < changes && !tokens.isEmpty(); i++) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(6)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
                case 2 -> tokens.set(at, pick(WORDS));
                case 3 -> tokens.add(at, pick(WORDS));
                case 4 -> tokens.set(at, pick(pick(statements)));
                default -> splice(tokens, at);
            }
        }
        return String.join(" ", tokens);
    }

    private void splice(List<String> tokens, int at) {
        List<String> other = pick(statements);
        int from = random.nextInt(other.size());
        int to = from + random.nextInt(Math.min(8, other.size() - from) + 1);
        tokens.addAll(at, other.subList(from, to));
    }

    private <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
