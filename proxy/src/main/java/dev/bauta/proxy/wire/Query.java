package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A simple query. Immutable.
 *
 * @param text one or more statements
 */
public record Query(String text) {
    /** Reads the message, type byte and length included. @throws MalformedMessage when its content is not as it must be */
    public static Query decode(ByteBuf frame) throws MalformedMessage {
        return decode(frame, true);
    }

    /** The same in whatever encoding: what is not UTF-8 can be told about and not be written again. */
    public static Query decodeAny(ByteBuf frame) throws MalformedMessage {
        return decode(frame, false);
    }

    private static Query decode(ByteBuf frame, boolean utf8) throws MalformedMessage {
        ByteBuf body = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
        String text = utf8 ? Strings.readStrict(body) : Strings.readAny(body);
        if (body.isReadable()) {
            throw MalformedMessage.layout();
        }
        return new Query(text);
    }

    /** Writes the message. */
    public ByteBuf encode(ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer(text.length() + 6);
        out.writeByte(FrontendType.QUERY.code()).writeInt(0);
        Strings.write(out, text);
        return out.setInt(1, out.readableBytes() - 1);
    }

    /** Not the text. */
    @Override
    public String toString() {
        return "Query[]";
    }
}
