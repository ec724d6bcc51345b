package dev.bauta.proxy.session;

import dev.bauta.engine.HeldNames;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.refusal.Refusal;
import dev.bauta.refusal.RefusalCode;

/** How refusals reach the client. */
final class Refusals {
    /**
     * What the server receives in the place of a refused text. It fails in parse analysis, so that the server itself aborts
     * the transaction, skips to the next Sync, and says 25P02 in a transaction that is aborted already. No user can create
     * the type, as it would have to lie in {@code pg_catalog}.
     */
    static final String POISON = "SELECT NULL::pg_catalog.\"bauta: statement refused\"";

    /** {@code undefined_object}: how the server answers {@link #POISON}. */
    static final String POISON_SQLSTATE = "42704";

    /**
     * The error for what was prepared under rules or tables that would lead to another text by now. PostgreSQL itself says so
     * when a statement's tables have changed, and drivers know to prepare it again.
     */
    static final ErrorResponse OUTDATED = ErrorResponse.of(
                    "ERROR", RefusalCode.RULES_CHANGED.sqlState(), "cached plan must not change result type")
            .withHint("Bauta's rules, or tables, have changed since the statement was prepared. Prepare it again.")
            .withRoutine("RevalidateCachedQuery");

    /** The name under which a text that fails is prepared. Nothing is ever found under it. */
    static final String POISON_NAME = HeldNames.OWN + "refused";

    /** The error for a message that names a prepared statement of our own. */
    static final ErrorResponse OWN_NAME = ErrorResponse.of(
                    "ERROR",
                    RefusalCode.STATEMENT_KIND.sqlState(),
                    "names that begin with \"" + HeldNames.OWN + "\" are Bauta's own")
            .withHint("Choose another name.");

    private Refusals() {}

    /** The error for a refused statement. */
    static ErrorResponse toError(Refusal refusal, String text) {
        ErrorResponse error = of(refusal, "ERROR");
        int offset = refusal.offset();
        return offset < 0 || offset > text.length() ? error : error.withPosition(text.codePointCount(0, offset) + 1);
    }

    /** The error with which a session ends. */
    static ErrorResponse toFatal(Refusal refusal) {
        return of(refusal, "FATAL");
    }

    private static ErrorResponse of(Refusal refusal, String severity) {
        return ErrorResponse.of(severity, refusal.code().sqlState(), refusal.message())
                .withHint(refusal.hint());
    }
}
