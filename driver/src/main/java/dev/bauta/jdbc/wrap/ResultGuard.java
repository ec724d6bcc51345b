package dev.bauta.jdbc.wrap;

import dev.bauta.engine.Session;
import dev.bauta.engine.Verdict;
import dev.bauta.jdbc.BautaSQLException;
import dev.bauta.refusal.RefusalCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second line: no column whose origin is a protected column reaches the application. If one gets this far the rewriting
 * has failed, so the result and the connection are closed.
 */
final class ResultGuard {
    private static final Logger LOG = LoggerFactory.getLogger(ResultGuard.class);

    private final Session session;
    private final PgSide pg;
    private final GroundWatch ground;
    /** Oids of this session's temporary tables, which the shared snapshot does not hold. */
    private final Set<Integer> temporary = new HashSet<>();
    /** The description that passed last, which the PostgreSQL driver keeps for a prepared statement, and by what it did. */
    private Field[] passed = {};

    private @Nullable Object passedBy;

    ResultGuard(Session session, PgSide pg, GroundWatch ground) {
        this.session = session;
        this.pg = pg;
        this.ground = ground;
    }

    /** The result itself when every column may be shown. */
    ResultSet check(ResultSet results) throws SQLException {
        if (session.isRaw()) {
            return results;
        }
        Field[] fields = ResultFields.of(results);
        Object by = session.guardedBy();
        if (fields != passed || by != passedBy) {
            for (Field field : fields) {
                if (!isClear(field.getTableOid(), field.getPositionInTable())) {
                    throw stop(results, field);
                }
            }
            passed = fields;
            passedBy = by;
        }
        return results;
    }

    private boolean isClear(int relation, int column) throws SQLException {
        Verdict verdict = session.guard(relation, column);
        if (verdict != Verdict.UNKNOWN) {
            return verdict == Verdict.CLEAR;
        }
        if (temporary.contains(relation)) {
            return true;
        }
        pg.requireInStep();
        if (isOwnTemporaryTable(relation)) {
            return true;
        }
        ground.refreshCatalog();
        return session.guard(relation, column) == Verdict.CLEAR;
    }

    /** What a masked session has put into a temporary table was masked on the way; a view could show something else. */
    private boolean isOwnTemporaryTable(int relation) throws SQLException {
        String query = "SELECT 1 FROM pg_catalog.pg_class WHERE oid OPERATOR(pg_catalog.=) "
                + Integer.toUnsignedString(relation)
                + "::pg_catalog.oid AND relkind OPERATOR(pg_catalog.=) 'r'::pg_catalog.\"char\""
                + " AND relnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()";
        try (Statement statement = pg.raw().createStatement();
                ResultSet found = statement.executeQuery(query)) {
            return found.next() && temporary.add(relation);
        }
    }

    private SQLException stop(ResultSet results, Field field) throws SQLException {
        results.close();
        pg.raw().close();
        LOG.atError()
                .addKeyValue("principal", session.principal())
                .addKeyValue("relation", Integer.toUnsignedString(field.getTableOid()))
                .addKeyValue("column", field.getPositionInTable())
                .log("A protected column reached the result guard; the connection was closed");
        return BautaSQLException.of(
                RefusalCode.RESULT_GUARD,
                "a protected column reached the result of the statement",
                "The connection was closed before anything was shown. Report this as a defect.");
    }
}
