package dev.bauta.engine;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.QueryParser;
import dev.bauta.policy.SearchPath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The text that a session decided last, kept until the next one in case somebody asks what it was about. Not thread-safe. */
final class DecidedText {
    static final DecidedText NONE = new DecidedText(List.of());

    private final @Nullable PolicyEngine decider;
    private @Nullable Supplier<Tokens> lexed;
    private final List<SearchPath> searchPaths;
    private @Nullable List<StatementFacts> facts;

    /**
     * @param searchPaths those of its statements, up to the one for which the text was refused; may still grow
     */
    DecidedText(PolicyEngine decider, Tokens tokens, List<SearchPath> searchPaths) {
        this(decider, () -> tokens, searchPaths);
    }

    private DecidedText(@Nullable PolicyEngine decider, Supplier<Tokens> lexed, List<SearchPath> searchPaths) {
        this.decider = decider;
        this.lexed = lexed;
        this.searchPaths = searchPaths;
    }

    private DecidedText(List<StatementFacts> facts) {
        this.decider = null;
        this.lexed = null;
        this.searchPaths = List.of();
        this.facts = facts;
    }

    /** A text that is not lexically valid. */
    static DecidedText invalid(PolicyEngine decider) {
        return feature(decider, "invalid text");
    }

    /** Something that is no text. */
    static DecidedText feature(PolicyEngine decider, String feature) {
        return new DecidedText(
                List.of(StatementFacts.without(feature, decider.policy().rules().version())));
    }

    List<StatementFacts> facts() {
        List<StatementFacts> found = facts;
        if (found == null) {
            found = find();
            facts = found;
            lexed = null;
        }
        return found;
    }

    /** The same without the tokens of the text, which take many times as much memory, and are had anew if somebody asks. */
    DecidedText withoutTokens(String text, LexerSettings settings) {
        return new DecidedText(decider, () -> lex(text, settings), searchPaths);
    }

    /** The tokens of a text that has been decided. */
    static Tokens lex(String text, LexerSettings settings) {
        try {
            return Lexer.lex(text, settings);
        } catch (LexicalException e) {
            throw new IllegalStateException("a text that was decided is no text any more");
        }
    }

    /** As many statements are parsed for it as may be parsed to decide a text; of the others there are the names in them. */
    private List<StatementFacts> find() {
        List<StatementFacts> found = new ArrayList<>(searchPaths.size());
        if (decider != null && lexed != null) {
            Tokens tokens = lexed.get();
            List<TokenRange> statements = Statements.split(tokens);
            int cost = 0;
            for (int i = 0; i < searchPaths.size(); i++) {
                TokenRange statement = statements.get(i);
                cost += TextCost.of(statement);
                found.add(
                        i == 0 || cost <= QueryParser.MOST_TOKENS
                                ? decider.facts(tokens, statement, searchPaths.get(i))
                                : decider.factsByNames(tokens, statement, searchPaths.get(i)));
            }
        }
        return List.copyOf(found);
    }

    /** Not the text. */
    @Override
    public String toString() {
        return "DecidedText[" + searchPaths.size() + "]";
    }
}
