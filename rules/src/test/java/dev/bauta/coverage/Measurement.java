package dev.bauta.coverage;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What came of holding the parser to one corpus. */
final class Measurement {
    private final String corpus;
    private final String grammar;
    private final double floor;
    private final Map<String, Share> kinds = new TreeMap<>();
    private final Map<String, Integer> constructs = new TreeMap<>();
    private final List<String> disagreements = new ArrayList<>();
    private int invalid;

    /** How many statements there are, and how many of them are understood. */
    record Share(int statements, int understood) {
        static final Share NONE = new Share(0, 0);

        Share plus(Share other) {
            return new Share(statements + other.statements, understood + other.understood);
        }

        double percent() {
            return statements == 0 ? 100 : 100.0 * understood / statements;
        }
    }

    private Measurement(String corpus, String grammar, double floor) {
        this.corpus = corpus;
        this.grammar = grammar;
        this.floor = floor;
    }

    /**
     * Measures.
     *
     * @param floor what share in per cent must be understood
     * @param invalid whether a server rejects a text after all; asked only where our lexer does
     */
    static Measurement of(Corpus corpus, double floor, Predicate<String> invalid) {
        Measurement measurement =
                new Measurement(corpus.name(), corpus.grammar().version(), floor);
        corpus.statements().forEach((text, expected) -> {
            Outcome outcome = Comparison.compare(text, List.of(expected));
            if (outcome instanceof Outcome.NotLexed && invalid.test(text)) {
                measurement.invalid++;
            } else {
                measurement.count(text, outcome);
            }
        });
        return measurement;
    }

    private void count(String text, Outcome outcome) {
        boolean understood = outcome instanceof Outcome.Same;
        kinds.merge(kind(text), new Share(1, understood ? 1 : 0), Share::plus);
        if (outcome instanceof Outcome.NotLexed rejected) {
            constructs.merge(rejected.message(), 1, Integer::sum);
        } else if (outcome instanceof Outcome.NotAnalysed refused) {
            constructs.merge(refused.construct(), 1, Integer::sum);
        } else if (outcome instanceof Outcome.Differs differs) {
            disagreements.add(differs.how() + " in " + text);
        }
    }

    /** The word that the statement starts with, parentheses aside. */
    private static String kind(String text) {
        try {
            Tokens tokens = Lexer.lex(text, LexerSettings.SERVER);
            int first = 0;
            while (tokens.is(first, "(")) {
                first++;
            }
            return tokens.source(first).toUpperCase(Locale.ROOT);
        } catch (LexicalException e) {
            return "not lexed";
        }
    }

    String corpus() {
        return corpus;
    }

    /** The version of the grammar that was asked. */
    String grammar() {
        return grammar;
    }

    double floor() {
        return floor;
    }

    /** The shares by the statements' first word. */
    Map<String, Share> kinds() {
        return kinds;
    }

    Share share() {
        return kinds.values().stream().reduce(Share.NONE, Share::plus);
    }

    /** How many texts were not counted, since the server itself rejects them. */
    int invalid() {
        return invalid;
    }

    /** What was not analysed, and how often. */
    Map<String, Integer> constructs() {
        return constructs;
    }

    /** Where the parser reads something else than PostgreSQL. */
    List<String> disagreements() {
        return disagreements;
    }
}
