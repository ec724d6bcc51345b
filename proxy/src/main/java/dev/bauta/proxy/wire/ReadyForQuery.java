package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * The server waits for requests. Immutable.
 *
 * @param status {@code I} idle, {@code T} in a transaction block, {@code E} in a failed one
 */
public record ReadyForQuery(char status) {
    /** Outside transaction blocks. */
    public static final ReadyForQuery IDLE = new ReadyForQuery('I');

    private static final int LENGTH = 5;

    /** Reads the message, type byte and length included. */
    public static ReadyForQuery decode(ByteBuf frame) {
        if (frame.readableBytes() != 1 + LENGTH) {
            throw new ProtocolViolation("invalid message format from server");
        }
        return new ReadyForQuery((char) frame.getByte(frame.readerIndex() + LENGTH));
    }

    /** Writes the message. */
    public ByteBuf encode(ByteBufAllocator allocator) {
        return allocator
                .buffer(1 + LENGTH)
                .writeByte(BackendType.READY_FOR_QUERY.code())
                .writeInt(LENGTH)
                .writeByte(status);
    }

    /** True outside transaction blocks: what was done is committed. */
    public boolean isIdle() {
        return status == 'I';
    }
}
