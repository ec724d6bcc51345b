package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.rewrite.PositionMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Leads the positions of errors and notices back to the text that the client sent. Event loop only. */
final class ErrorPositions {
    private boolean rewroteAPreparedStatement;

    /** A prepared statement has another text than the client's. */
    void rewrotePreparedStatement() {
        rewroteAPreparedStatement = true;
    }

    /**
     * The error with the position that the client expects.
     *
     * @param request what the server works on, null when nothing
     */
    ErrorResponse toClient(@Nullable Request request, ErrorResponse error) {
        if (error.position().isEmpty()) {
            return error;
        }
        if (request == null || request.refusal() != null || request.own()) {
            return error.withoutPosition();
        }
        Supplier<PositionMap> positions = request.positions();
        if (positions != null) {
            return error.withPosition(
                    positions.get().toOriginalPosition(error.position().getAsInt()));
        }
        return isInTextOfRequest(request) ? error : error.withoutPosition();
    }

    /** Bind, Describe and Execute can fail on the text of any statement that was prepared before. */
    private boolean isInTextOfRequest(Request request) {
        return switch (request.kind()) {
            case QUERY, PARSE, KNOWN_PARSE -> true;
            case BIND, DESCRIBE, EXECUTE, CLOSE, SYNC, COPY_END -> !rewroteAPreparedStatement;
        };
    }
}
