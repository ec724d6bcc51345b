package dev.bauta.jdbc.wrap;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.core.CachedQuery;
import org.postgresql.core.ParameterList;
import org.postgresql.core.QueryExecutor;
import org.postgresql.jdbc.PgStatement;

/**
 * A query that the PostgreSQL driver need not read any more: a look-up by key that the server holds prepared for all keys, or a text that was
 * written by Bauta. The PostgreSQL driver runs queries with parameters for its own prepared statements only; run in this way, everything that was
 * set on a plain statement holds.
 *
 * @param query without constants that are given as parameters
 * @param text of the query, with question marks for the parameters
 * @param values what its parameters are, as text
 * @param types {@code pg_type.oid} of each, 0 where the server infers it
 */
record ReadyQuery(CachedQuery query, String text, List<String> values, List<Integer> types) {
    private static final MethodHandle EXECUTE;
    private static final MethodHandle WANT_KEYS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(PgStatement.class, MethodHandles.lookup());
            EXECUTE = lookup.findVirtual(
                    PgStatement.class,
                    "execute",
                    MethodType.methodType(void.class, CachedQuery.class, ParameterList.class, int.class));
            WANT_KEYS = lookup.findSetter(PgStatement.class, "wantsGeneratedKeysOnce", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Runs it. Its result is the statement's, in text format, as those of plain statements are. */
    void run(Statement raw) throws SQLException {
        ParameterList parameters = query.query.createParameterList();
        for (int i = 0; i < values.size(); i++) {
            parameters.setLiteralParameter(i + 1, values.get(i), types.get(i));
        }
        try {
            // A text that failed leaves this set. The PostgreSQL driver sets it anew for each text that it reads.
            WANT_KEYS.invokeExact((PgStatement) raw, false);
            EXECUTE.invokeExact((PgStatement) raw, query, parameters, QueryExecutor.QUERY_NO_BINARY_TRANSFER);
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many values; none of them. */
    @Override
    public String toString() {
        return "ReadyQuery[" + values.size() + " values]";
    }
}
