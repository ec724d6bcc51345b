package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.List;

/**
 * What has the server answer as to a Query, with a statement that it holds: Bind, Describe, Execute and Sync for the unnamed portal,
 * all values in text form. Immutable.
 *
 * @param statement the prepared statement's name
 * @param values of its parameters
 * @param closed what is closed before the Sync: the Sync itself closes the portal unless a transaction is open, and no statement
 */
public record BoundQuery(String statement, List<String> values, List<Target> closed) {
    private static final int FIXED = 64;
    private static final int LONGEST_CHARACTER = 3;

    /** Writes the messages. */
    public ByteBuf encode(ByteBufAllocator allocator) {
        int size = FIXED + statement.length();
        for (String value : values) {
            size += Integer.BYTES + LONGEST_CHARACTER * value.length();
        }
        ByteBuf out = allocator.buffer(size);
        out.writeByte(FrontendType.BIND.code()).writeInt(0);
        out.writeByte(0);
        Strings.write(out, statement);
        out.writeShort(0).writeShort(values.size());
        for (String value : values) {
            int at = out.writerIndex();
            out.writeInt(0);
            out.setInt(at, ByteBufUtil.writeUtf8(out, value));
        }
        out.writeShort(0);
        out.setInt(1, out.readableBytes() - 1);
        Target.UNNAMED_PORTAL.writeTo(out, FrontendType.DESCRIBE);
        out.writeByte(FrontendType.EXECUTE.code()).writeInt(9).writeByte(0).writeInt(0);
        for (Target target : closed) {
            target.writeTo(out, FrontendType.CLOSE);
        }
        return out.writeByte(FrontendType.SYNC.code()).writeInt(4);
    }

    /** Not the values. */
    @Override
    public String toString() {
        return "BoundQuery[" + values.size() + " values]";
    }
}
