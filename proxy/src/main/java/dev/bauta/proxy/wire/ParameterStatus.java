package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A setting that the server reports. Immutable.
 *
 * @param name its name
 * @param value its value
 */
public record ParameterStatus(String name, String value) {
    /** Reads the message, type byte and length included. */
    public static ParameterStatus decode(ByteBuf frame) {
        ByteBuf body = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
        try {
            return new ParameterStatus(Strings.readLenient(body), Strings.readLenient(body));
        } catch (MalformedMessage e) {
            throw new ProtocolViolation("invalid message format from server");
        }
    }

    /** Writes the message. */
    public ByteBuf encode(ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer();
        out.writeByte(BackendType.PARAMETER_STATUS.code()).writeInt(0);
        Strings.write(out, name);
        Strings.write(out, value);
        return out.setInt(1, out.readableBytes() - 1);
    }
}
