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
 * A look-up by key, to be run by what the server holds prepared for all keys. The PostgreSQL driver runs prepared queries in plain statements,
 * too, but offers that to its own prepared statements only; run so, everything that was set on the plain statement holds.
 *
 * @param query the look-up without its constants
 * @param text of the query, with question marks for the parameters
 * @param values what its parameters are, as text
 * @param types {@code pg_type.oid} of each, 0 where the server infers it
 */
record KeptLookup(CachedQuery query, String text, List<String> values, List<Integer> types) {
    private static final MethodHandle EXECUTE = execute();

    private static MethodHandle execute() {
        try {
            return MethodHandles.privateLookupIn(PgStatement.class, MethodHandles.lookup())
                    .findVirtual(
                            PgStatement.class,
                            "execute",
                            MethodType.methodType(void.class, CachedQuery.class, ParameterList.class, int.class));
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
        return "KeptLookup[" + values.size() + " values]";
    }
}
