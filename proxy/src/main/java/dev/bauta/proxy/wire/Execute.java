package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;

/**
 * Runs a portal. Of the message no more than the name is read. Immutable.
 *
 * @param portal the portal's name, empty for the unnamed one
 */
public record Execute(String portal) {
    /** Reads the message, type byte and length included. @throws MalformedMessage when there is no name */
    public static Execute decode(ByteBuf frame) throws MalformedMessage {
        int portal = frame.readerIndex() + 5;
        return new Execute(Strings.name(frame, portal, Strings.end(frame, portal)));
    }
}
