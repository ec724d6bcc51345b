package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The protocol's null-terminated strings. */
final class Strings {
    /** {@code NAMEDATALEN - 1}. */
    private static final int MAX_NAME_BYTES = 63;

    /** By these bits the bytes of a character but its first are known in UTF-8. */
    private static final int CONTINUATION_MASK = 0xC0;

    private static final int CONTINUATION = 0x80;

    private static final char PRIVATE_USE = '\uE000';

    private Strings() {}

    /** Reads a string and its terminator; what is not UTF-8 becomes U+FFFD. */
    static String readLenient(ByteBuf in) throws MalformedMessage {
        byte[] bytes = readBytes(in);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads a string and its terminator. */
    static String readStrict(ByteBuf in) throws MalformedMessage {
        byte[] bytes = readBytes(in);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(bytes)) {
            throw MalformedMessage.encoding();
        }
        return text;
    }

    /** Reads a string and its terminator in whatever encoding. Where that is not UTF-8, bytes beyond ASCII stand as characters for private use. */
    static String readAny(ByteBuf in) throws MalformedMessage {
        return decodeAny(readBytes(in), PRIVATE_USE);
    }

    /** @param base of the characters that stand for bytes beyond ASCII where it is not UTF-8 */
    private static String decodeAny(byte[] bytes, char base) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0 || isUtf8(bytes)) {
            return text;
        }
        StringBuilder other = new StringBuilder(bytes.length);
        for (byte each : bytes) {
            other.append((char) (each >= 0 ? each : base | each & 0xFF));
        }
        return other.toString();
    }

    /** Where the string that begins there has its terminator. @throws MalformedMessage when there is none */
    static int end(ByteBuf in, int from) throws MalformedMessage {
        int end = in.indexOf(from, in.writerIndex(), (byte) 0);
        if (end < 0) {
            throw MalformedMessage.layout();
        }
        return end;
    }

    /**
     * The name of a prepared statement or portal that lies there, as the server tells names apart: by their first 63 bytes. Where these
     * end within a character, its bytes stand as lone surrogates, which are in no other name, and so do those of other encodings.
     *
     * @param end where its terminator is
     */
    static String name(ByteBuf in, int from, int end) {
        int length = end - from;
        if (length == 0) {
            return "";
        }
        if (length > MAX_NAME_BYTES) {
            return toName(ByteBufUtil.getBytes(in, from, length));
        }
        String name = in.toString(from, length, StandardCharsets.UTF_8);
        return name.indexOf('\uFFFD') < 0
                ? name
                : decodeAny(ByteBufUtil.getBytes(in, from, length), Character.MIN_LOW_SURROGATE);
    }

    /** A name as {@link #name} would have read it. */
    static String toName(String text) {
        return toName(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String toName(byte[] bytes) {
        if (bytes.length <= MAX_NAME_BYTES) {
            return decodeAny(bytes, Character.MIN_LOW_SURROGATE);
        }
        int whole = MAX_NAME_BYTES;
        while (whole > 0 && (bytes[whole] & CONTINUATION_MASK) == CONTINUATION) {
            whole--;
        }
        StringBuilder name = new StringBuilder(decodeAny(Arrays.copyOf(bytes, whole), Character.MIN_LOW_SURROGATE));
        for (int i = whole; i < MAX_NAME_BYTES; i++) {
            name.append((char) (Character.MIN_LOW_SURROGATE | bytes[i] & 0xFF));
        }
        return name.toString();
    }

    /** Writes a string and its terminator. */
    static void write(ByteBuf out, CharSequence text) {
        ByteBufUtil.writeUtf8(out, text);
        out.writeByte(0);
    }

    private static byte[] readBytes(ByteBuf in) throws MalformedMessage {
        int length = in.bytesBefore((byte) 0);
        if (length < 0) {
            throw MalformedMessage.layout();
        }
        byte[] bytes = new byte[length];
        in.readBytes(bytes).skipBytes(1);
        return bytes;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
