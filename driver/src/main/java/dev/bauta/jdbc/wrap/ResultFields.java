package dev.bauta.jdbc.wrap;

import dev.bauta.jdbc.BautaSQLException;
import dev.bauta.refusal.RefusalCode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.postgresql.core.Field;
import org.postgresql.jdbc.PgResultSet;

/**
 * The fields of a RowDescription, with the table oid and column number of their origin. The PostgreSQL driver has them in
 * a protected field; its public methods give names, for which they query the catalogs.
 */
final class ResultFields {
    private static final MethodHandle FIELDS = fieldsGetter();

    private ResultFields() {}

    private static MethodHandle fieldsGetter() {
        try {
            return MethodHandles.privateLookupIn(PgResultSet.class, MethodHandles.lookup())
                    .findGetter(PgResultSet.class, "fields", Field[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The fields of a raw result set. @throws SQLException when it is none of the PostgreSQL driver's */
    static Field[] of(ResultSet raw) throws SQLException {
        if (!(raw instanceof PgResultSet results)) {
            throw unknown();
        }
        try {
            return (Field[]) FIELDS.invokeExact(results);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static SQLException unknown() {
        return BautaSQLException.of(
                RefusalCode.RESULT_GUARD, "a result whose columns' origin is not known", "Report this as a defect.");
    }
}
