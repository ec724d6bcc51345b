package dev.bauta.jdbc.wrap;

import dev.bauta.engine.Decision;
import dev.bauta.engine.KeyLookup;
import dev.bauta.engine.Session;
import dev.bauta.jdbc.BautaSQLException;
import dev.bauta.refusal.Refusal;
import dev.bauta.refusal.RefusalCode;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leads a text of the application to the text that is sent: escapes, RETURNING, the engine's decision, the last check. */
final class TextDecider {
    /** As many texts of prepared statements are remembered as the PostgreSQL driver remembers unless it is told otherwise. */
    private static final int MOST_PREPARED = 256;
    /** In characters. */
    private static final int LONGEST_PREPARED = 20_000;

    private final Session session;
    private final PgSide pg;
    private final KeptLookups lookups;
    private final Map<JdbcText, SentText> prepared = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<JdbcText, SentText> eldest) {
            return size() > MOST_PREPARED;
        }
    };

    TextDecider(Session session, PgSide pg) {
        this.session = session;
        this.pg = pg;
        this.lookups = new KeptLookups(pg);
    }

    /** Decides a text. @throws SQLException for a refusal, in which case nothing was sent */
    SentText decide(JdbcText text) throws SQLException {
        if (!text.parameterized()) {
            return checked(text, rule(text));
        }
        SentText known = prepared.get(text);
        if (known != null && session.mayRepeat(known.held())) {
            return known;
        }
        SentText sent = checked(text, rule(text));
        if (text.sql().length() <= LONGEST_PREPARED) {
            prepared.put(text, sent);
        }
        return sent;
    }

    /**
     * Decides the text of a plain statement whose result is read only. Where it is a look-up by key that comes often, what the server holds prepared
     * is run.
     *
     * @param threshold the use from which on a look-up by key is prepared, counted from 1; 0 for never
     * @throws SQLException for a refusal, in which case nothing was sent
     */
    SentText decideQuery(JdbcText text, int threshold) throws SQLException {
        String jdbc = toJdbc(pg.withoutEscapes(text), pg.standardConformingStrings());
        Decision decision = allow(text, jdbc);
        KeyLookup lookup = threshold > 0 && jdbc.equals(text.sql()) ? session.keyLookup() : null;
        SentText kept = lookup == null ? null : kept(lookup, threshold);
        if (kept != null) {
            return kept;
        }
        SentText sent = checked(text, sent(text, jdbc, decision));
        return sent.positions() == null ? sent : sent.ready(pg);
    }

    private @Nullable SentText kept(KeyLookup lookup, int threshold) throws SQLException {
        ReadyQuery kept = lookups.use(lookup, threshold);
        return kept == null
                ? null
                : new SentText(kept.text(), () -> lookup.prepared().positions(), true, session.decided(), kept);
    }

    private SentText rule(JdbcText text) throws SQLException {
        return rule(text, GeneratedKeys.append(text, pg.withoutEscapes(text), pg));
    }

    /**
     * Decides the text of a callable statement. The PostgreSQL driver turns a call escape into a statement by itself, so the
     * statement is decided, and the escape is sent; it cannot be rewritten.
     */
    SentText decideCall(String sql) throws SQLException {
        JdbcText text = JdbcText.prepared(sql, List.of());
        String translated = pg.withoutEscapes(sql);
        String called = pg.withoutCall(translated);
        SentText sent = checked(text, rule(text, called));
        if (called.equals(translated)) {
            return sent;
        } else if (sent.positions() == null) {
            return new SentText(sql, null, false, sent.held(), null);
        }
        throw BautaSQLException.of(
                RefusalCode.NOT_ANALYSABLE,
                "a call escape that reads protected data",
                "Use a prepared statement with SELECT.");
    }

    /** Decides a text that goes to the server as it is, uncut and with its question marks. */
    SentText decideCopy(String sql) throws SQLException {
        boolean standard = pg.standardConformingStrings();
        if (ServerReading.statements(sql, standard) != 1 || ServerReading.hasQuestionMarks(sql, standard)) {
            throw BautaSQLException.of(
                    RefusalCode.NOT_ANALYSABLE,
                    "a text for COPY that is not one statement, or has an operator with ?",
                    "Send one COPY statement, and write jsonb_exists for the operator.");
        }
        return ruled(new JdbcText(sql, false, false, List.of()), sql);
    }

    private SentText rule(JdbcText text, String sql) throws SQLException {
        boolean standard = pg.standardConformingStrings();
        if (!text.parameterized()) {
            return ruled(text, toJdbc(sql, standard));
        }
        return ruled(text, pg.writesParametersIntoTexts() ? ServerReading.withParentheses(sql, standard) : sql);
    }

    private SentText ruled(JdbcText text, String jdbc) throws SQLException {
        return sent(text, jdbc, allow(text, jdbc));
    }

    private Decision allow(JdbcText text, String jdbc) throws SQLException {
        Decision decision = session.decide(jdbc);
        if (session.dropsStatements()) {
            lookups.forget();
        }
        if (decision instanceof Decision.Refuse refuse) {
            throw refusal(refuse.refusal(), jdbc.equals(text.sql()) ? text.sql() : null);
        }
        return decision;
    }

    private SentText sent(JdbcText text, String jdbc, Decision decision) {
        boolean placed = jdbc.equals(text.sql());
        if (decision instanceof Decision.Rewrite rewrite) {
            return SentText.rewritten(rewrite, placed, session.decided());
        }
        return new SentText(jdbc, null, placed, session.decided(), null);
    }

    private String toJdbc(String sql, boolean standard) throws SQLException {
        if (pg.splitsPlainTexts()) {
            return QuestionMarks.toJdbc(sql, standard);
        }
        if (sql.indexOf('?') >= 0 && ServerReading.hasQuestionMarks(sql, standard)) {
            throw BautaSQLException.of(
                    RefusalCode.NOT_ANALYSABLE,
                    "an operator with ? in a plain statement under preferQueryMode=simple",
                    "Prepare the statement and write ??, or use another query mode.");
        }
        return sql;
    }

    private SentText checked(JdbcText text, SentText sent) throws SQLException {
        JdbcText last = new JdbcText(sent.sql(), text.parameterized(), text.parameterized(), text.returning());
        ServerReading.require(last, pg.standardConformingStrings(), pg);
        return sent;
    }

    private static SQLException refusal(Refusal refusal, @Nullable String original) {
        if (original == null || refusal.offset() < 0 || refusal.offset() > original.length()) {
            return BautaSQLException.of(refusal, 0);
        }
        return BautaSQLException.of(refusal, original.codePointCount(0, refusal.offset()) + 1);
    }
}
