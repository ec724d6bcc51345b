package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Asks to cancel what another connection is doing. Immutable.
 *
 * @param key which connection
 */
public record CancelRequest(CancelKey key) implements InitialMessage {
    static final int CODE = 80877102;

    static CancelRequest decode(ByteBuf body) {
        return new CancelRequest(CancelKey.read(body));
    }

    /** Writes the message. */
    public ByteBuf encode(ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer();
        key.write(out.writeInt(0).writeInt(CODE));
        return out.setInt(0, out.readableBytes());
    }
}
