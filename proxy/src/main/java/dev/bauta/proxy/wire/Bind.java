package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/**
 * Opens a portal on a prepared statement. Of the message no more than the names is read. Immutable.
 *
 * @param portal the portal's name, empty for the unnamed one
 * @param statement the prepared statement's name, empty for the unnamed one
 */
public record Bind(String portal, String statement) {
    /**
     * Reads the message, type byte and length included.
     *
     * @param names of the statements that the client has taken up before
     * @throws MalformedMessage when there are no two names
     */
    public static Bind decode(ByteBuf frame, KnownNames names) throws MalformedMessage {
        int portal = frame.readerIndex() + 5;
        int portalEnd = Strings.end(frame, portal);
        int statementEnd = Strings.end(frame, portalEnd + 1);
        return new Bind(Strings.name(frame, portal, portalEnd), names.read(frame, portalEnd + 1, statementEnd));
    }

    /**
     * Writes the message with the unnamed statement's name replaced.
     *
     * @param frame the message as it came, type byte and length included
     * @param name of the other statement
     */
    public static ByteBuf encodeFor(String name, ByteBuf frame, ByteBufAllocator allocator) {
        int portal = frame.readerIndex() + 5;
        int rest = frame.indexOf(portal, frame.writerIndex(), (byte) 0) + 1;
        int length = frame.writerIndex() - portal;
        ByteBuf out = allocator.buffer(length + name.length() + 5);
        out.writeByte(FrontendType.BIND.code()).writeInt(length + name.length() + 4);
        out.writeBytes(frame, portal, rest - portal);
        ByteBufUtil.writeAscii(out, name);
        return out.writeBytes(frame, rest, frame.writerIndex() - rest);
    }
}
