package dev.bauta.proxy.testing;

import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.engine.Decision;
import dev.bauta.engine.Session;
import dev.bauta.engine.Verdict;
import dev.bauta.policy.Principal;
import dev.bauta.proxy.session.SessionFactory;
import dev.bauta.refusal.Refusal;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.rewrite.PositionMap;
import dev.bauta.rewrite.RewrittenText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine that knows a few texts and passes all others. User {@code raw} is raw, all others are masked. Thread-safe.
 *
 * <p>A text with {@code secret} in it is rewritten so that {@code 'hidden'} stands there, one with {@code FORBIDDEN} in it
 * is refused at that place, and one with {@code DEFECT} in it makes the session fail.
 */
public final class FakeSessions implements SessionFactory {
    static final String MASKED = "'hidden'";

    final List<List<String>> searchPaths = new CopyOnWriteArrayList<>();
    final Map<String, String> parameters = new ConcurrentHashMap<>();
    private final List<Principal> principals = new CopyOnWriteArrayList<>();
    private final Map<ColumnOrigin, Verdict> verdicts = new ConcurrentHashMap<>();
    private final AtomicInteger refreshes = new AtomicInteger();

    /** The result guard says this of a column, until a refresh makes unknown ones clear. */
    public void setVerdict(int relation, int column, Verdict verdict) {
        verdicts.put(new ColumnOrigin(relation, column), verdict);
    }

    /** The search paths that the sessions were told. */
    public List<List<String>> searchPaths() {
        return searchPaths;
    }

    /** The settings that the sessions were told. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** Whom sessions were opened for. */
    public List<Principal> principals() {
        return principals;
    }

    /** How often the catalog was refreshed. */
    public int refreshes() {
        return refreshes.get();
    }

    @Override
    public Session open(Principal principal) {
        principals.add(principal);
        return new FakeSession(this, principal);
    }

    @Override
    public void refreshCatalog() {
        refreshes.incrementAndGet();
        verdicts.values().removeIf(verdict -> verdict == Verdict.UNKNOWN);
    }

    boolean isRaw(Principal principal) {
        return principal.user().equals("raw");
    }

    Verdict guard(int relation, int column) {
        return verdicts.getOrDefault(new ColumnOrigin(relation, column), Verdict.CLEAR);
    }

    Decision decide(String text) {
        if (text.contains("DEFECT")) {
            throw new IllegalStateException("defect while deciding " + text);
        }
        int forbidden = text.indexOf("FORBIDDEN");
        if (forbidden >= 0) {
            return new Decision.Refuse(
                    new Refusal(RefusalCode.STATEMENT_KIND, "forbidden here", "do something else", forbidden));
        }
        int secret = text.indexOf("secret");
        return secret < 0 ? Decision.Pass.PASS : rewrite(text, secret);
    }

    private static Decision rewrite(String text, int at) {
        int end = at + "secret".length();
        String rewritten = text.substring(0, at) + MASKED + text.substring(end);
        PositionMap positions = PositionMaps.of(text, rewritten, at, end, at, at + MASKED.length());
        return new Decision.Rewrite(() -> new RewrittenText(rewritten, positions, List.of()), true);
    }
}
