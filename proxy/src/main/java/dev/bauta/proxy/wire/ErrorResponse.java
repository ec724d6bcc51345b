package dev.bauta.proxy.wire;

import dev.bauta.refusal.ErrorDisclosure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an ErrorResponse or NoticeResponse, in the order they were sent. Immutable.
 *
 * @param fields values by the field types of the manual's section "Error and Notice Message Fields"
 */
public record ErrorResponse(Map<Character, String> fields) {
    private static final char SEVERITY = 'S';
    private static final char SEVERITY_NOT_LOCALIZED = 'V';
    private static final char SQLSTATE = 'C';
    private static final char MESSAGE = 'M';
    private static final char HINT = 'H';
    private static final char POSITION = 'P';
    private static final char CONTEXT = 'W';
    private static final char ROUTINE = 'R';
    /** Detail, context, internal query and internal position can hold values of rows. */
    private static final char[] MAY_HOLD_VALUES = {'D', 'W', 'q', 'p'};
    /** Schema, table, column, data type and constraint. */
    private static final char[] OBJECTS = {'s', 't', 'c', 'd', 'n'};

    public ErrorResponse {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** An error of our own. */
    public static ErrorResponse of(String severity, String sqlState, String message) {
        Map<Character, String> fields = new LinkedHashMap<>();
        fields.put(SEVERITY, severity);
        fields.put(SEVERITY_NOT_LOCALIZED, severity);
        fields.put(SQLSTATE, sqlState);
        fields.put(MESSAGE, message);
        return new ErrorResponse(fields);
    }

    /** An error after which the connection ends. */
    public static ErrorResponse fatal(String sqlState, String message) {
        return of("FATAL", sqlState, message);
    }

    /** Reads the message, type byte and length included. */
    public static ErrorResponse decode(ByteBuf frame) {
        ByteBuf body = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
        Map<Character, String> fields = new LinkedHashMap<>();
        try {
            for (byte type = body.readByte(); type != 0; type = body.readByte()) {
                fields.put((char) (type & 0xFF), Strings.readLenient(body));
            }
        } catch (IndexOutOfBoundsException | MalformedMessage e) {
            throw new ProtocolViolation("invalid message format from server");
        }
        return new ErrorResponse(fields);
    }

    /**
     * Writes the message.
     *
     * @param type ErrorResponse or NoticeResponse
     */
    public ByteBuf encode(ByteBufAllocator allocator, BackendType type) {
        ByteBuf out = allocator.buffer();
        out.writeByte(type.code()).writeInt(0);
        fields.forEach((field, value) -> Strings.write(out.writeByte(field), value));
        out.writeByte(0);
        return out.setInt(1, out.readableBytes() - 1);
    }

    /** The SQLSTATE; empty when the field is absent. */
    public String sqlState() {
        return fields.getOrDefault(SQLSTATE, "");
    }

    /** True when the connection ends with this error. */
    public boolean isFatal() {
        String severity = fields.getOrDefault(SEVERITY_NOT_LOCALIZED, fields.getOrDefault(SEVERITY, ""));
        return severity.equals("FATAL") || severity.equals("PANIC");
    }

    /** The primary message; empty when the field is absent. */
    public String message() {
        return fields.getOrDefault(MESSAGE, "");
    }

    /** Where in the statement the fault lies, in characters from 1. */
    public OptionalInt position() {
        String position = fields.get(POSITION);
        return position == null || !position.matches("[0-9]{1,9}")
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(position));
    }

    /** With another position, in characters from 1. */
    public ErrorResponse withPosition(int position) {
        return with(POSITION, Integer.toString(position));
    }

    /** Without a position. */
    public ErrorResponse withoutPosition() {
        return with(POSITION, null);
    }

    /** With a hint; an empty one is left out. */
    public ErrorResponse withHint(String hint) {
        return with(HINT, hint.isEmpty() ? null : hint);
    }

    /** With the name of the server's routine, by which drivers tell a few errors from others. */
    public ErrorResponse withRoutine(String routine) {
        return with(ROUTINE, routine);
    }

    /** With a name of ours taken out of the message, as of something without a name. */
    public ErrorResponse withoutName(String name) {
        return with(MESSAGE, message().replace(name, ""));
    }

    /**
     * Without what can hold values of rows: some fields always, the words where they may, and what a function says of objects.
     *
     * @param disclosure which messages may be shown
     */
    public ErrorResponse withoutValues(ErrorDisclosure disclosure) {
        Map<Character, String> kept = new LinkedHashMap<>(fields);
        if (disclosure.mustWithhold(sqlState(), fields.get(CONTEXT), fields.containsKey(POSITION))) {
            kept.put(MESSAGE, disclosure.withheld(sqlState()));
            kept.remove(HINT);
        }
        if (ErrorDisclosure.isOfFunction(sqlState(), fields.get(CONTEXT))) {
            remove(kept, OBJECTS);
        }
        remove(kept, MAY_HOLD_VALUES);
        return new ErrorResponse(kept);
    }

    private static void remove(Map<Character, String> from, char[] types) {
        for (char type : types) {
            from.remove(type);
        }
    }

    private ErrorResponse with(char field, @Nullable String value) {
        Map<Character, String> changed = new LinkedHashMap<>(fields);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return new ErrorResponse(changed);
    }

    /** No text of the message. */
    @Override
    public String toString() {
        return "ErrorResponse[" + sqlState() + "]";
    }
}
