package dev.bauta.proxy.trail;

import dev.bauta.engine.Decision;
import dev.bauta.engine.StatementFacts;
import dev.bauta.proxy.trail.Execution.Outcome;
import dev.bauta.refusal.RefusalCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text of which the session knows what it is about, and the layout of its result once the server has told. Event loop only. */
public final class WatchedText {
    private final List<StatementFacts> statements;
    private final Outcome outcome;
    private final @Nullable RefusalCode refusal;
    private ResultLayout layout = ResultLayout.UNKNOWN;

    private WatchedText(List<StatementFacts> statements, Outcome outcome, @Nullable RefusalCode refusal) {
        this.statements = statements;
        this.outcome = outcome;
        this.refusal = refusal;
    }

    /** A text and what was decided on it. */
    static WatchedText of(List<StatementFacts> statements, Decision decision) {
        if (decision instanceof Decision.Refuse refuse) {
            return new WatchedText(statements, Outcome.REFUSE, refuse.refusal().code());
        }
        return new WatchedText(statements, decision instanceof Decision.Rewrite ? Outcome.REWRITE : Outcome.PASS, null);
    }

    /** A text that was not read, or that nothing is known of any more. */
    static WatchedText unread(Outcome outcome) {
        return new WatchedText(List.of(StatementFacts.without(StatementFacts.UNKNOWN, "")), outcome, null);
    }

    /** One of its statements alone. */
    WatchedText only(StatementFacts statement) {
        return new WatchedText(List.of(statement), outcome, refusal);
    }

    /** The statement of a number, counted from 0; the last where there are not so many. Null for a text without statements. */
    @Nullable
    StatementFacts statement(int number) {
        if (statements.isEmpty()) {
            return null;
        }
        boolean refused = outcome == Outcome.REFUSE;
        return statements.get(refused ? statements.size() - 1 : Math.min(number, statements.size() - 1));
    }

    /** The statements from a number on, counted from 0; of a text that was refused, the one for which it was. */
    List<StatementFacts> from(int number) {
        int first = outcome == Outcome.REFUSE && number == 0 ? statements.size() - 1 : number;
        return statements.subList(Math.max(0, Math.min(first, statements.size())), statements.size());
    }

    Outcome outcome() {
        return outcome;
    }

    @Nullable
    RefusalCode refusal() {
        return refusal;
    }

    ResultLayout layout() {
        return layout;
    }

    void setLayout(ResultLayout described) {
        layout = described;
    }
}
