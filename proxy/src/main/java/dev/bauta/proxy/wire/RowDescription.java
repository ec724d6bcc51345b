package dev.bauta.proxy.wire;

import dev.bauta.catalog.ColumnOrigin;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a RowDescription the result guard needs. Immutable.
 *
 * @param origins for each field of the result that is a plain column of a relation, that column
 */
public record RowDescription(List<ColumnOrigin> origins) {
    /** Type oid, type length, type modifier and format code, after the origin. */
    private static final int AFTER_ORIGIN = 4 + 2 + 4 + 2;

    public RowDescription {
        origins = List.copyOf(origins);
    }

    /** Reads the message, type byte and length included. */
    public static RowDescription decode(ByteBuf frame) {
        ByteBuf body = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
        try {
            List<ColumnOrigin> origins = readOrigins(body);
            if (!body.isReadable()) {
                return new RowDescription(origins);
            }
        } catch (IndexOutOfBoundsException e) {
            // A truncated message is answered as one that is too long.
        }
        throw new ProtocolViolation("invalid message format from server");
    }

    private static List<ColumnOrigin> readOrigins(ByteBuf body) {
        int fields = body.readUnsignedShort();
        List<ColumnOrigin> origins = new ArrayList<>();
        for (int i = 0; i < fields; i++) {
            body.skipBytes(requireFound(body.bytesBefore((byte) 0)) + 1);
            ColumnOrigin origin = new ColumnOrigin(body.readInt(), body.readShort());
            body.skipBytes(AFTER_ORIGIN);
            if (origin.relation() != 0) {
                origins.add(origin);
            }
        }
        return origins;
    }

    private static int requireFound(int index) {
        if (index < 0) {
            throw new IndexOutOfBoundsException(index);
        }
        return index;
    }
}
