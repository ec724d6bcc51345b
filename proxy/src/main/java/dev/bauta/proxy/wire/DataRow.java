package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** A row of a query of our own. The rows of clients' queries are never decoded. */
public final class DataRow {
    private DataRow() {}

    /** Reads the one column, not null, of a row in text format; type byte and length included. */
    public static String decodeSingleText(ByteBuf frame) {
        ByteBuf body = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
        int columns = body.readableBytes() < 6 ? 0 : body.readShort();
        int length = columns == 1 ? body.readInt() : -1;
        if (length < 0 || length != body.readableBytes()) {
            throw new ProtocolViolation("invalid message format from server");
        }
        return body.toString(StandardCharsets.UTF_8);
    }
}
