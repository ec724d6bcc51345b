package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * What a Describe or Close message is about. Immutable.
 *
 * @param kind {@code S} for a prepared statement, {@code P} for a portal; the server answers anything else with an error
 * @param name its name, empty for the unnamed one
 */
public record Target(char kind, String name) {
    /** The unnamed portal. */
    public static final Target UNNAMED_PORTAL = new Target('P', "");

    /** A prepared statement. */
    public static Target statement(String name) {
        return new Target('S', name);
    }

    /** Reads a Describe or Close message, type byte and length included. @throws MalformedMessage when there is no name */
    public static Target decode(ByteBuf frame) throws MalformedMessage {
        int kind = frame.readerIndex() + 5;
        int name = kind + 1;
        if (name > frame.writerIndex()) {
            throw MalformedMessage.layout();
        }
        return new Target((char) frame.getByte(kind), Strings.name(frame, name, Strings.end(frame, name)));
    }

    /** True for a prepared statement. */
    public boolean isStatement() {
        return kind == 'S';
    }

    /** Writes a Describe message. */
    public ByteBuf encodeDescribe(ByteBufAllocator allocator) {
        return encode(allocator, FrontendType.DESCRIBE);
    }

    /** Writes a Close message. */
    public ByteBuf encodeClose(ByteBufAllocator allocator) {
        return encode(allocator, FrontendType.CLOSE);
    }

    private ByteBuf encode(ByteBufAllocator allocator, FrontendType type) {
        ByteBuf out = allocator.buffer(name.length() + 7);
        writeTo(out, type);
        return out;
    }

    void writeTo(ByteBuf out, FrontendType type) {
        int at = out.writerIndex();
        out.writeByte(type.code()).writeInt(0).writeByte(kind);
        Strings.write(out, name);
        out.setInt(at + 1, out.writerIndex() - at - 1);
    }
}
