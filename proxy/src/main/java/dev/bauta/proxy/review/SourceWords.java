package dev.bauta.proxy.review;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Tokens;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of a function's source that can be names, as PostgreSQL folds them. In string constants, which may be SQL to be run, and in
 * a source that PostgreSQL's lexer does not take, every word counts.
 */
final class SourceWords {
    private static final Pattern WORD = Pattern.compile("\"([^\"]+)\"|[\\p{L}_][\\p{L}\\p{N}_$]*");

    private SourceWords() {}

    static Set<String> of(String source) {
        Set<String> words = new HashSet<>();
        try {
            Tokens tokens = Lexer.lex(source, LexerSettings.SERVER);
            for (int i = 0; i < tokens.size(); i++) {
                String name = tokens.name(i);
                if (name != null) {
                    words.add(name);
                } else if (tokens.kind(i).isConstant()) {
                    addAll(tokens.source(i), words);
                }
            }
        } catch (LexicalException e) {
            addAll(source, words);
        }
        return words;
    }

    private static void addAll(String text, Set<String> words) {
        WORD.matcher(text).results().forEach(word -> {
            words.add(word.group(1) == null ? word.group() : word.group(1));
            words.add(word.group().toLowerCase(Locale.ROOT));
        });
    }
}
