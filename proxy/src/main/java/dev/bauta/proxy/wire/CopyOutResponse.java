package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;

/**
 * COPY TO STDOUT begins. Immutable.
 *
 * @param columns how many columns each row has
 */
public record CopyOutResponse(int columns) {
    /** Reads the message, type byte and length included. */
    public static CopyOutResponse decode(ByteBuf frame) {
        if (frame.readableBytes() < 8) {
            throw new ProtocolViolation("invalid message format from server");
        }
        return new CopyOutResponse(frame.getUnsignedShort(frame.readerIndex() + 6));
    }
}
