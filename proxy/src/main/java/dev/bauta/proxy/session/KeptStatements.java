package dev.bauta.proxy.session;

import dev.bauta.engine.HeldNames;
import dev.bauta.engine.KeyLookup;
import dev.bauta.proxy.wire.Parse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The look-ups by key that a session has run, so that the server need not plan each anew (manual, "PREPARE"): what comes often is prepared
 * under a name of our own. A client that prepares nothing gets what one that does would. Event loop only.
 */
final class KeptStatements {
    private static final String PREFIX = HeldNames.OWN + "kept ";

    private final int most;
    private final Map<Object, KeptStatement> byKey = new LinkedHashMap<>(16, 0.75f, true);
    private final List<String> unwanted = new ArrayList<>(0);
    private KeyLookup.@Nullable Ground current;
    private boolean disabled;
    private int last;

    /**
     * @param most how many are kept, the one that was used longest ago giving way; 0 for none
     */
    KeptStatements(int most) {
        this.most = most;
        this.disabled = most == 0;
    }

    boolean isDisabled() {
        return disabled;
    }

    /**
     * A Query was decided.
     *
     * @return what to run in its stead, null where it is to be sent
     */
    @Nullable
    KeptStatement use(KeyLookup lookup) {
        return use(lookup.shape(), lookup.ground());
    }

    /** The statement of an unnamed Parse that came before, null for none. It may have been decided on other ground. */
    @Nullable
    KeptStatement find(Parse parse) {
        return byKey.get(parse);
    }

    /**
     * A Parse was decided.
     *
     * @return what is to be used in its stead, null where it is to be sent
     */
    @Nullable
    KeptStatement use(Parse parse, KeyLookup.Ground ground) {
        return use((Object) parse, ground);
    }

    private @Nullable KeptStatement use(Object key, KeyLookup.Ground ground) {
        forgetUnlike(ground);
        KeptStatement known = byKey.get(key);
        if (known != null && !known.isGone() && known.ground().isSame(ground)) {
            return known.use() ? known : null;
        }
        if (known != null) {
            forget(known);
        }
        byKey.put(key, new KeptStatement(key, ground, PREFIX + ++last));
        if (byKey.size() > most) {
            Iterator<KeptStatement> eldest = byKey.values().iterator();
            discard(eldest.next());
            eldest.remove();
        }
        return null;
    }

    /** What was decided under other rules or tables is not used any more, and would hold them in memory. */
    private void forgetUnlike(KeyLookup.Ground ground) {
        if (current == null || !current.isUnderSamePolicy(ground)) {
            byKey.values().removeIf(statement -> {
                boolean unlike = !statement.ground().isUnderSamePolicy(ground);
                if (unlike) {
                    discard(statement);
                }
                return unlike;
            });
            current = ground;
        }
    }

    /** What the server holds of it is not to be used any more. */
    void forget(KeptStatement statement) {
        byKey.remove(statement.key(), statement);
        discard(statement);
    }

    private void discard(KeptStatement statement) {
        if (statement.isSent()) {
            unwanted.add(statement.name());
        }
        statement.gone();
    }

    /** The names of what the server need not hold any longer, once. */
    List<String> takeUnwanted() {
        if (unwanted.isEmpty()) {
            return List.of();
        }
        List<String> names = List.copyOf(unwanted);
        unwanted.clear();
        return names;
    }

    /** The server forgets all prepared statements. */
    void clear() {
        byKey.values().forEach(KeptStatement::gone);
        byKey.clear();
        unwanted.clear();
    }

    /** The server may forget all prepared statements at any time. */
    void disable() {
        clear();
        disabled = true;
    }

    /** How many; no texts. */
    @Override
    public String toString() {
        return "KeptStatements[" + byKey.size() + "]";
    }
}
