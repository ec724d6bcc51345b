package dev.bauta.jdbc;

import dev.bauta.refusal.Refusal;
import dev.bauta.refusal.RefusalCode;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error of a masked session: a refusal of Bauta's, or an error of the server without the parts that can carry values
 * (DETAIL, CONTEXT, internal query). The message is laid out as the PostgreSQL driver lays out its own.
 */
public final class BautaSQLException extends SQLException {
    private static final long serialVersionUID = 1L;

    private final @Nullable RefusalCode code;
    private final int position;
    private final ErrorObjects objects;

    /**
     * @param message what {@link #getMessage} returns
     * @param sqlState five characters
     * @param code the refusal's code, null for an error of the server or the PostgreSQL driver
     * @param position in characters from 1 into the application's text, 0 when no place is to blame
     * @param objects what the error is about
     */
    public BautaSQLException(
            String message, @Nullable String sqlState, @Nullable RefusalCode code, int position, ErrorObjects objects) {
        super(message, sqlState);
        this.code = code;
        this.position = position;
        this.objects = objects;
    }

    /** A refusal whose place in the text, if it has one, is {@code position}, in characters from 1; else 0. */
    public static BautaSQLException of(Refusal refusal, int position) {
        String message = render("ERROR", refusal.message(), refusal.hint(), position);
        return new BautaSQLException(message, refusal.code().sqlState(), refusal.code(), position, ErrorObjects.NONE);
    }

    /** A refusal that blames no place in a text. */
    public static BautaSQLException of(RefusalCode code, String message, String hint) {
        return of(new Refusal(code, message, hint, -1), 0);
    }

    /** Lays out a message as the PostgreSQL driver does. */
    public static String render(String severity, String message, @Nullable String hint, int position) {
        StringBuilder text = new StringBuilder(severity).append(": ").append(message);
        if (hint != null && !hint.isEmpty()) {
            text.append("\n  Hint: ").append(hint);
        }
        if (position > 0) {
            text.append("\n  Position: ").append(position);
        }
        return text.toString();
    }

    /** Which refusal it is; empty for an error of the server or the PostgreSQL driver. */
    public Optional<RefusalCode> code() {
        return Optional.ofNullable(code);
    }

    /** Where in the application's text, in characters from 1; 0 when no place is to blame. */
    public int position() {
        return position;
    }

    /** The objects the server names in its error. */
    public ErrorObjects objects() {
        return objects;
    }
}
