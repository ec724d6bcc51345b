package dev.bauta.proxy.wire;

import dev.bauta.catalog.ColumnOrigin;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
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

    /**
     * A field of the result.
     *
     * @param name what the client sees it called
     * @param origin the column that it is, with relation 0 when it is computed
     */
    public record Field(String name, ColumnOrigin origin) {}

    /** Reads all fields of the message, type byte and length included, which must be right. */
    public static List<Field> decodeFields(ByteBuf frame) {
        ByteBuf body = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
        int count = body.readUnsignedShort();
        List<Field> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = body.readString(requireFound(body.bytesBefore((byte) 0)), StandardCharsets.UTF_8);
            body.skipBytes(1);
            fields.add(new Field(name, new ColumnOrigin(body.readInt(), body.readShort())));
            body.skipBytes(AFTER_ORIGIN);
        }
        return fields;
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
