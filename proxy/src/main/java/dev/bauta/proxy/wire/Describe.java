package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Asks what a prepared statement takes and returns. Immutable.
 *
 * @param statement its name, empty for the unnamed one
 */
public record Describe(String statement) {
    /** Writes the message. */
    public ByteBuf encode(ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer(statement.length() + 7);
        out.writeByte(FrontendType.DESCRIBE.code()).writeInt(0).writeByte('S');
        Strings.write(out, statement);
        return out.setInt(1, out.readableBytes() - 1);
    }
}
