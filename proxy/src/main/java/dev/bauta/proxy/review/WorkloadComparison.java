package dev.bauta.proxy.review;

import dev.bauta.engine.Decision;
import dev.bauta.engine.Engine;
import dev.bauta.engine.Session;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.proxy.review.Workload.Statement;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.rulefile.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What becomes of recorded statements under two rule sets. Immutable.
 *
 * @param compared how many were decided under both
 * @param others how many could not be, as the log has cut them off or constants in them cannot be told from operators
 * @param changes the statements that are decided otherwise
 */
public record WorkloadComparison(int compared, int others, List<Changed> changes) {
    public WorkloadComparison {
        changes = List.copyOf(changes);
    }

    /**
     * A statement that is decided otherwise.
     *
     * @param statement the statement
     * @param before what became of it
     * @param after what becomes of it
     */
    public record Changed(Statement statement, String before, String after) {}

    /** What is decided, and the text that reaches PostgreSQL. */
    private record Outcome(String words, String sent, boolean unreadable) {}

    /**
     * Decides all statements twice.
     *
     * @param before the old rules
     * @param after the new rules
     * @param searchPath the schemas in which unqualified names are looked for
     * @param progress hears how far the work is
     */
    public static WorkloadComparison of(
            Workload workload,
            String database,
            Engine before,
            Engine after,
            List<String> searchPath,
            Consumer<String> progress) {
        int others = workload.others();
        int done = 0;
        List<Changed> changes = new ArrayList<>();
        for (Statement statement : workload.statements()) {
            progress.accept(done++ + " of " + workload.statements().size() + " statements");
            Outcome was = decide(statement, database, before, searchPath);
            Outcome is = decide(statement, database, after, searchPath);
            if (was.unreadable() && is.unreadable()) {
                others++;
            } else if (!was.words().equals(is.words())) {
                changes.add(new Changed(statement, was.words(), is.words()));
            } else if (!was.sent().equals(is.sent())) {
                changes.add(new Changed(statement, was.words(), is.words() + " otherwise"));
            }
        }
        int compared = workload.statements().size() - (others - workload.others());
        return new WorkloadComparison(compared, others, changes);
    }

    private static Outcome decide(Statement statement, String database, Engine engine, List<String> searchPath) {
        Session session =
                engine.preview(new Principal(statement.user(), database), statement.role(), LexerSettings.SERVER);
        if (session.isRaw()) {
            return new Outcome("raw", "", false);
        } else if (session.role().access() == Access.REFUSED) {
            return new Outcome("refuse (role-refused)", "", false);
        }
        session.setSearchPath(searchPath);
        String text = statement.runnable();
        Decision decision = session.decide(text);
        if (decision instanceof Decision.Refuse refuse) {
            RefusalCode code = refuse.refusal().code();
            boolean unreadable = code == RefusalCode.SYNTAX || code == RefusalCode.NOT_ANALYSABLE;
            return new Outcome(
                    "refuse (" + code.name().toLowerCase(Locale.ROOT).replace('_', '-') + ")", "", unreadable);
        }
        return decision instanceof Decision.Rewrite rewrite
                ? new Outcome("rewrite", rewrite.text(), false)
                : new Outcome("pass", text, false);
    }
}
