package dev.bauta.jdbc.wrap;

import dev.bauta.jdbc.BautaSQLException;
import dev.bauta.jdbc.ErrorObjects;
import dev.bauta.refusal.ErrorDisclosure;
import dev.bauta.rewrite.PositionMap;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.NativeQuery;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * Errors and warnings of the PostgreSQL driver without what can carry values: DETAIL, CONTEXT and internal query never
 * pass, and the message passes unless a function raised it, since a function can read what its caller cannot.
 */
final class ServerErrors {
    private final PgSide pg;
    private final Supplier<ErrorDisclosure> disclosure;

    /** @param disclosure which messages may be shown at the moment */
    ServerErrors(PgSide pg, Supplier<ErrorDisclosure> disclosure) {
        this.pg = pg;
        this.disclosure = disclosure;
    }

    SQLException translate(SQLException e, @Nullable SentText text) {
        if (e instanceof BautaSQLException) {
            return e;
        }
        if (e instanceof BatchUpdateException batch) {
            return translateBatch(batch);
        }
        ServerErrorMessage message = e instanceof PSQLException server ? server.getServerErrorMessage() : null;
        return message == null ? withoutChain(e) : translate(message, text);
    }

    /** An error of the driver's own, such as a missing parameter or a broken connection. */
    private static SQLException withoutChain(SQLException e) {
        if (!(e instanceof PSQLException) && e.getNextException() == null && e.getCause() == null) {
            return e;
        }
        SQLException translated =
                new BautaSQLException(String.valueOf(e.getMessage()), e.getSQLState(), null, 0, ErrorObjects.NONE);
        if (e.getCause() instanceof java.io.IOException io) {
            translated.initCause(io);
        }
        return translated;
    }

    private SQLException translate(ServerErrorMessage message, @Nullable SentText text) {
        int position = position(message.getPosition(), text);
        String rendered = BautaSQLException.render(
                String.valueOf(message.getSeverity()), message(message), hint(message), position);
        return new BautaSQLException(rendered, message.getSQLState(), null, position, objects(message));
    }

    /** Of what a function has raised they are its own words. */
    private static ErrorObjects objects(ServerErrorMessage message) {
        return ErrorDisclosure.isOfFunction(message.getSQLState(), message.getWhere())
                ? ErrorObjects.NONE
                : new ErrorObjects(
                        message.getSchema(),
                        message.getTable(),
                        message.getColumn(),
                        message.getDatatype(),
                        message.getConstraint());
    }

    private SQLException translateBatch(BatchUpdateException batch) {
        SQLException first = batch.getNextException();
        if (first == null && batch.getCause() instanceof SQLException cause) {
            first = cause;
        }
        SQLException error = first == null
                ? withoutChain(new SQLException(batch.getMessage(), batch.getSQLState()))
                : translate(first, null);
        BatchUpdateException translated = new BatchUpdateException(
                "Batch was aborted: " + error.getMessage(),
                batch.getSQLState(),
                batch.getErrorCode(),
                batch.getLargeUpdateCounts(),
                null);
        translated.setNextException(error);
        return translated;
    }

    /** The same warnings as a new chain. */
    SQLWarning translate(SQLWarning first) {
        SQLWarning head = null;
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            SQLWarning copy = copy(warning);
            if (head == null) {
                head = copy;
            } else {
                head.setNextWarning(copy);
            }
        }
        return Objects.requireNonNull(head);
    }

    private SQLWarning copy(SQLWarning warning) {
        ServerErrorMessage message = warning instanceof PSQLWarning server ? server.getServerErrorMessage() : null;
        return new SQLWarning(message == null ? warning.getMessage() : message(message), warning.getSQLState());
    }

    private boolean mustWithhold(ServerErrorMessage message) {
        return disclosure.get().mustWithhold(message.getSQLState(), message.getWhere(), message.getPosition() > 0);
    }

    private String message(ServerErrorMessage message) {
        return mustWithhold(message)
                ? disclosure.get().withheld(message.getSQLState())
                : String.valueOf(message.getMessage());
    }

    private @Nullable String hint(ServerErrorMessage message) {
        return mustWithhold(message) ? null : message.getHint();
    }

    private int position(int position, @Nullable SentText text) {
        if (position <= 0 || text == null || !text.placed()) {
            return 0;
        }
        return text.positions() == null
                ? position
                : toOriginal(position, text, text.positions().get());
    }

    /**
     * The server counts in the text with {@code $1} for {@code ?}, on both sides of the rewriting; the placeholders before
     * the position are the same ones. A query that is ready has them in the place of constants, and the application's text has none.
     */
    private int toOriginal(int position, SentText text, PositionMap positions) {
        int[] binds = pg.bindPositions(text.sql());
        int shift = 0;
        for (int i = 0; i < binds.length && binds[i] < position - 1; i++) {
            shift += NativeQuery.bindName(i + 1).length() - 1;
        }
        return positions.toOriginalPosition(position - shift) + (text.ready() == null ? shift : 0);
    }
}
