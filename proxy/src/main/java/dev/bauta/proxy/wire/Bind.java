package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;

/**
 * Opens a portal on a prepared statement. Of the message no more than the names is read. Immutable.
 *
 * @param portal the portal's name, empty for the unnamed one
 * @param statement the prepared statement's name, empty for the unnamed one
 */
public record Bind(String portal, String statement) {
    /** Reads the message, type byte and length included. @throws MalformedMessage when there are no two names */
    public static Bind decode(ByteBuf frame) throws MalformedMessage {
        ByteBuf body = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
        return new Bind(Strings.readName(body), Strings.readName(body));
    }
}
