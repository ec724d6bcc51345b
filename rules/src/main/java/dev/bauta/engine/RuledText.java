package dev.bauta.engine;

import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.Policy;
import dev.bauta.policy.SearchPath;
import dev.bauta.rewrite.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text, how it was read, and the edits that were decided on. It is ruled on again when the policy is another one. */
final class RuledText implements Held {
    private final Standing standing;
    private final Holdings holdings;
    private final String text;
    private final Reading reading;
    private final List<Edit> edits;
    private final List<RuledText> left;
    private Policy checked;
    private boolean same = true;
    /** Under what it was found to be current. */
    private Engine.@Nullable Current confirmed;

    /**
     * How a text was read.
     *
     * @param settings of the lexer
     * @param parameterTypes as far as the client gives them
     * @param searchPaths of each of its statements
     * @param references what it takes up
     */
    record Reading(
            LexerSettings settings,
            List<Integer> parameterTypes,
            List<SearchPath> searchPaths,
            HeldReferences references) {
        Reading {
            parameterTypes = List.copyOf(parameterTypes);
            searchPaths = List.copyOf(searchPaths);
        }
    }

    /**
     * @param edits in tokens of the whole text
     * @param left those of its statements that leave something behind
     * @param policy the policy under which they were decided
     */
    RuledText(
            Standing standing,
            Holdings holdings,
            String text,
            Reading reading,
            List<Edit> edits,
            List<RuledText> left,
            Policy policy) {
        this.standing = standing;
        this.holdings = holdings;
        this.text = text;
        this.reading = reading;
        this.edits = List.copyOf(edits);
        this.left = List.copyOf(left);
        this.checked = policy;
    }

    @Override
    public boolean isCurrent() {
        Engine.Current now = standing.current();
        boolean current =
                isDecidedAlike() && holdings.findObjection(reading.references()).isEmpty();
        confirmed = current && reading.references().isEmpty() ? now : null;
        return current;
    }

    @Override
    public boolean isKnownCurrent() {
        Engine.Current then = confirmed;
        return then != null && standing.isInForce(then);
    }

    /**
     * True when it would be decided the same again, as one statement, and the session has nothing to hold or look up for it.
     *
     * @param settings the session's by now
     * @param searchPath the session's by now
     */
    boolean mayBeRepeated(LexerSettings settings, SearchPath searchPath) {
        boolean alone = left.isEmpty() && reading.references().isEmpty();
        return alone
                && same
                && standing.policy() == checked
                && reading.settings().equals(settings)
                && reading.searchPaths().size() == 1
                && reading.searchPaths().get(0).equals(searchPath);
    }

    /** What it takes up by name can be closed while the portal still has rows of it: then the portal is current as long as the policy is. */
    @Override
    public Held open() {
        return reading.references().isEmpty() ? this : new Opened(this, isCurrent(), standing.policy());
    }

    private record Opened(RuledText text, boolean current, Policy policy) implements Held {
        @Override
        public boolean isCurrent() {
            return current && text.standing.policy() == policy;
        }

        @Override
        public void run() {
            text.run();
        }

        @Override
        public long length() {
            return text.length();
        }

        /** Not the text. */
        @Override
        public String toString() {
            return text.toString();
        }
    }

    @Override
    public void run() {
        for (int i = 0; i < left.size(); i++) {
            holdings.hold(left.get(i).lex(), left.get(i));
        }
    }

    @Override
    public boolean mayBeExplained() {
        PolicyEngine decider = standing.decider(reading.settings());
        Tokens tokens = lex();
        int i = 0;
        for (TokenRange statement : Statements.split(tokens)) {
            if (!decider.mayBeExplained(
                    tokens.slice(statement), reading.searchPaths().get(i++))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long length() {
        return text.length();
    }

    private boolean isDecidedAlike() {
        if (standing.policy() != checked) {
            PolicyEngine decider = standing.decider(reading.settings());
            same = rule(decider).filter(edits::equals).isPresent();
            checked = decider.policy();
        }
        return same;
    }

    /** The edits; empty where it would be refused by now. */
    private Optional<List<Edit>> rule(PolicyEngine decider) {
        if (decider.findUnsafeParameter(reading.parameterTypes()) != null) {
            return Optional.empty();
        }
        Tokens tokens = lex();
        List<Edit> ruled = new ArrayList<>();
        int i = 0;
        for (TokenRange statement : Statements.split(tokens)) {
            SearchPath path = reading.searchPaths().get(i++);
            Ruling ruling = MaskingExplanation.rule(decider, standing.role().name(), tokens, statement, path);
            if (!(ruling instanceof Ruling.Allowed allowed)) {
                return Optional.empty();
            }
            allowed.edits().forEach(edit -> ruled.add(edit.shifted(statement.from())));
        }
        return Optional.of(ruled);
    }

    /** The tokens, which are not kept: they take many times as much memory as the text. */
    Tokens lex() {
        return DecidedText.lex(text, reading.settings());
    }

    /** Not the text. */
    @Override
    public String toString() {
        return "RuledText[" + edits.size() + " edits]";
    }
}
