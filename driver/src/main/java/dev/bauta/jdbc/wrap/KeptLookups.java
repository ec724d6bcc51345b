package dev.bauta.jdbc.wrap;

import dev.bauta.engine.KeyLookup;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.CachedQuery;

/**
 * The look-ups by key that were run as plain statements, so that the server need not plan each anew: what comes as often as the PostgreSQL driver
 * would wait with a prepared statement is prepared. Not thread-safe.
 */
final class KeptLookups {
    /** As many as the PostgreSQL driver keeps of prepared statements unless it is told otherwise. */
    private static final int MOST = 256;

    private final PgSide pg;
    private final Map<String, Kept> byShape = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            boolean remove = size() > MOST;
            if (remove) {
                eldest.getValue().close();
            }
            return remove;
        }
    };
    private KeyLookup.@Nullable Ground last;

    KeptLookups(PgSide pg) {
        this.pg = pg;
    }

    private static final class Kept {
        private final KeyLookup.Ground ground;
        private int uses;
        private @Nullable CachedQuery query;
        private String text = "";

        Kept(KeyLookup.Ground ground) {
            this.ground = ground;
        }

        /** What the server holds of it is closed with the next statement. */
        void close() {
            if (query != null) {
                query.query.close();
            }
        }
    }

    /**
     * Counts a look-up that was decided.
     *
     * @param threshold the use from which on it is prepared, counted from 1; 0 for never
     * @return how to run it, null where its text is to be sent
     */
    @Nullable
    ReadyQuery use(KeyLookup lookup, int threshold) throws SQLException {
        if (threshold <= 0 || lookup.takesParameters() || !pg.splitsPlainTexts()) {
            return null;
        }
        Kept kept = find(lookup);
        if (++kept.uses < threshold) {
            return null;
        }
        CachedQuery query = kept.query;
        if (query == null) {
            kept.text = lookup.prepared().text();
            query = prepare(kept.text, threshold);
            kept.query = query;
        }
        return new ReadyQuery(query, kept.text, lookup.values(), lookup.types());
    }

    private Kept find(KeyLookup lookup) {
        KeyLookup.Ground ground = lookup.ground();
        if (last == null || !last.isUnderSamePolicy(ground)) {
            // What was decided under other rules or tables is not used any more, and would hold them in memory.
            byShape.values().forEach(Kept::close);
            byShape.clear();
            last = ground;
        }
        Kept known = byShape.get(lookup.shape());
        if (known != null && known.ground.isSame(ground)) {
            return known;
        }
        if (known != null) {
            known.close();
        }
        Kept kept = new Kept(ground);
        byShape.put(lookup.shape(), kept);
        return kept;
    }

    private CachedQuery prepare(String sql, int threshold) throws SQLException {
        ServerReading.require(new JdbcText(sql, true, true, List.of()), pg.standardConformingStrings(), pg);
        CachedQuery query = pg.raw().getQueryExecutor().createQuery(sql, false, true);
        query.increaseExecuteCount(threshold);
        return query;
    }

    /** Forgets all of them, as the server may be about to: one that was closed before could not be deallocated by name. */
    void forget() {
        byShape.clear();
        last = null;
    }
}
