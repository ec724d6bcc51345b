package dev.bauta.engine;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.policy.Principal;
import dev.bauta.policy.Role;
import dev.bauta.refusal.ErrorDisclosure;
import dev.bauta.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One client session under masking: decides each text the client sends, and keeps what of the session's state bears on
 * decisions. Not thread-safe: the proxy uses it on one event loop, the driver under its connection's lock.
 */
public interface Session {
    /** Whose session it is. */
    Principal principal();

    /** The role under the rules in force. It can be another than the one under which the session was opened. */
    Role role();

    /** True when the session sees raw data: every text passes and no result is guarded. */
    boolean isRaw();

    /**
     * Tells the session how the server resolves unqualified names, as {@code pg_catalog.current_schemas(true)} answers: right
     * after the session's start, and whenever the session is in doubt.
     */
    void setSearchPath(List<String> effectiveSchemas);

    /** True when the server should be asked how it resolves unqualified names before the next text is decided. */
    boolean doubtsSearchPath();

    /**
     * Tells the session what the server reported in ParameterStatus. Settings that do not matter are ignored.
     *
     * @return null, or why the session cannot go on
     */
    @org.jspecify.annotations.Nullable
    Refusal onParameterStatus(String name, String value);

    /** Decides one text: a simple Query, or what an application hands to JDBC. */
    default Decision decide(String text) {
        return decide(text, List.of());
    }

    /**
     * Decides the text of a Parse message.
     *
     * @param parameterTypes {@code pg_type.oid} of the first parameters, 0 for what the server shall infer
     */
    Decision decide(String text, List<Integer> parameterTypes);

    /** The text that was decided last and not refused, to be asked later whether it would be decided the same. */
    Held decided();

    /**
     * True when the text would be decided as it was, and nothing of it is to be followed: it may be sent again without being decided again.
     *
     * @param decided what {@link #decided} gave for the text
     */
    default boolean mayRepeat(Held decided) {
        return false;
    }

    /**
     * The text that was decided last, where a door may have the server prepare it for all keys.
     *
     * @return null for every text that is no look-up by key, and for what was refused
     */
    default @org.jspecify.annotations.Nullable KeyLookup keyLookup() {
        return null;
    }

    /**
     * What there is to tell about the statements of the text that was decided last, up to the one for which it was refused.
     * Found out when it is asked for, and remembered by shape.
     */
    List<StatementFacts> facts();

    /** The prepared statements that the server may hold. PREPARE adds to them by itself, for Parse the caller does. */
    HeldNames statements();

    /** The portals that the server may hold. DECLARE adds to them by itself, for Bind the caller does. */
    HeldNames portals();

    /** Tells the session that the server has answered everything and that no transaction is open. It can doubt the search_path from then on. */
    void endTransaction();

    /**
     * Looks whether the rules in force leave the session the access with which it began.
     *
     * @return null, or why the session must end
     */
    @org.jspecify.annotations.Nullable
    Refusal reviewRole();

    /**
     * Decides a function call message or another protocol feature that goes past SQL text: always refused to masked
     * sessions.
     *
     * @param feature what it is, in the manual's words
     */
    Decision decideFeature(String feature);

    /** Which of the server's messages may reach the client, where the session is masked. */
    ErrorDisclosure errorDisclosure();

    /** What the result guard says of a column's origin in a RowDescription; both numbers 0 for a computed column. */
    Verdict guard(int relation, int column);

    /**
     * What {@link #guard} goes by: as long as this is the same object, a column that was clear is clear. Not to be kept longer than it has
     * to be compared.
     */
    default Object guardedBy() {
        return new Object();
    }

    /**
     * Finds a relation whose definitions (defaults, predicates, comments …) can hold values of protected columns, for a
     * door that shows definitions which no decided text has fetched.
     *
     * @return empty when the definitions may be shown
     */
    Optional<Relation> findWithheld(QualifiedName relation);

    /**
     * Rules on the startup parameters a client sends.
     *
     * @return null when they may go to the server
     */
    @org.jspecify.annotations.Nullable
    Refusal reviewStartup(Map<String, String> parameters);

    /** The secret settings to add to the startup message; empty for raw sessions. */
    Map<String, String> startupSettings();

    /**
     * True when what the server has prepared may not do any more for a {@link #keyLookup} after the last decided text: it may forget it (DEALLOCATE,
     * DISCARD), or find another table by the same name (CREATE TEMP TABLE).
     */
    default boolean dropsStatements() {
        return true;
    }

    /** True when the last decided text holds DDL, so that the catalog snapshot should be refreshed when it has run. */
    boolean changedCatalog();
}
