package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a client that an older version of the protocol is spoken than it asked for, and which options are not known. Immutable.
 *
 * @param version the version that is spoken, major in the upper 16 bits
 * @param unknownOptions the names of the client's options that have no effect
 */
public record NegotiateProtocolVersion(int version, List<String> unknownOptions) {
    public NegotiateProtocolVersion {
        unknownOptions = List.copyOf(unknownOptions);
    }

    /** Reads the message, type byte and length included. */
    public static NegotiateProtocolVersion decode(ByteBuf frame) {
        ByteBuf body = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
        try {
            int version = body.readInt();
            int count = body.readInt();
            List<String> options = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                options.add(Strings.readLenient(body));
            }
            return new NegotiateProtocolVersion(version, options);
        } catch (IndexOutOfBoundsException | MalformedMessage e) {
            throw new ProtocolViolation("invalid message format from server");
        }
    }

    /** Writes the message. */
    public ByteBuf encode(ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer();
        out.writeByte(BackendType.NEGOTIATE_PROTOCOL_VERSION.code())
                .writeInt(0)
                .writeInt(version)
                .writeInt(unknownOptions.size());
        unknownOptions.forEach(option -> Strings.write(out, option));
        return out.setInt(1, out.readableBytes() - 1);
    }
}
