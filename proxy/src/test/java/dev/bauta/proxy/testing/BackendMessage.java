package dev.bauta.proxy.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message of the server, kept whole. Immutable.
 *
 * @param type its type byte
 * @param body what follows the length, one char for each byte
 */
public record BackendMessage(char type, String body) {
    /** What the client sees when the connection is closed. */
    public static final BackendMessage END = new BackendMessage('\0', "");

    static BackendMessage of(int type, byte[] body) {
        return new BackendMessage((char) type, new String(body, StandardCharsets.ISO_8859_1));
    }

    /** The body's bytes. */
    public byte[] bytes() {
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The fields of an ErrorResponse or NoticeResponse. */
    public Map<Character, String> fields() {
        Map<Character, String> fields = new LinkedHashMap<>();
        for (String field : new String(bytes(), StandardCharsets.UTF_8).split("\0")) {
            fields.put(field.charAt(0), field.substring(1));
        }
        return fields;
    }

    /** Without what differs from session to session, and without the fields that masked sessions do not get. */
    public BackendMessage comparable() {
        if (type == 'A') {
            return new BackendMessage(type, body.substring(4));
        }
        if (type == 'E' || type == 'N') {
            Map<Character, String> fields = fields();
            "DWqp".chars().forEach(c -> fields.remove((char) c));
            return new BackendMessage(type, fields.toString());
        }
        return this;
    }

    /** The value of the first column of a DataRow. */
    public String firstValue() {
        ByteBuffer row = ByteBuffer.wrap(bytes());
        int length = row.getInt(2);
        return body.substring(6, 6 + length);
    }

    /** Readable in a failed comparison. */
    @Override
    public String toString() {
        return this.equals(END)
                ? "end of connection"
                : type + " " + body.replace('\0', '~').replaceAll("[^ -~]", ".");
    }
}
