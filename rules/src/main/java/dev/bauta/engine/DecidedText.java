package dev.bauta.engine;

import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.QueryParser;
import dev.bauta.policy.SearchPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text that a session decided last, kept until the next one in case somebody asks what it was about. Not thread-safe. */
final class DecidedText {
    static final DecidedText NONE = new DecidedText(List.of());

    private final @Nullable PolicyEngine decider;
    private final @Nullable Tokens tokens;
    private final List<SearchPath> searchPaths;
    private @Nullable List<StatementFacts> facts;

    /**
     * @param searchPaths those of its statements, up to the one for which the text was refused; may still grow
     */
    DecidedText(PolicyEngine decider, Tokens tokens, List<SearchPath> searchPaths) {
        this.decider = decider;
        this.tokens = tokens;
        this.searchPaths = searchPaths;
    }

    private DecidedText(List<StatementFacts> facts) {
        this.decider = null;
        this.tokens = null;
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
        if (facts == null) {
            facts = find();
        }
        return facts;
    }

    /** As many statements are parsed for it as may be parsed to decide a text; of the others there are the names in them. */
    private List<StatementFacts> find() {
        List<StatementFacts> found = new ArrayList<>(searchPaths.size());
        if (decider != null && tokens != null) {
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
