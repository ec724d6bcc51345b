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
        ByteBuf body = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
        String text = Strings.readStrict(body);
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
