package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Prepares a statement. Immutable.
 *
 * @param name the prepared statement's name, empty for the unnamed one
 * @param text one statement
 * @param parameterTypes {@code pg_type.oid} of the parameters, 0 where the server shall infer it
 */
public record Parse(String name, String text, List<Integer> parameterTypes) {
    public Parse {
        parameterTypes = List.copyOf(parameterTypes);
    }

    /** Reads the message, type byte and length included. @throws MalformedMessage when its content is not as it must be */
    public static Parse decode(ByteBuf frame) throws MalformedMessage {
        ByteBuf body = body(frame);
        return decode(Strings.readStrict(body), Strings.readStrict(body), body);
    }

    /** The same in whatever encoding, with the name as {@link Bind} has it: what is not UTF-8 can be told about and not be written again. */
    public static Parse decodeAny(ByteBuf frame) throws MalformedMessage {
        ByteBuf body = body(frame);
        int end = Strings.end(body, 0);
        String name = Strings.name(body, 0, end);
        return decode(name, Strings.readAny(body.skipBytes(end + 1)), body);
    }

    private static ByteBuf body(ByteBuf frame) {
        return frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
    }

    private static Parse decode(String name, String text, ByteBuf body) throws MalformedMessage {
        int types = body.readableBytes() < 2 ? -1 : body.readUnsignedShort();
        if (types < 0 || body.readableBytes() != 4 * types) {
            throw MalformedMessage.layout();
        }
        List<Integer> parameterTypes = new ArrayList<>(types);
        for (int i = 0; i < types; i++) {
            parameterTypes.add(body.readInt());
        }
        return new Parse(name, text, parameterTypes);
    }

    /** Writes the message. */
    public ByteBuf encode(ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer(name.length() + text.length() + 4 * parameterTypes.size() + 9);
        out.writeByte(FrontendType.PARSE.code()).writeInt(0);
        Strings.write(out, name);
        Strings.write(out, text);
        out.writeShort(parameterTypes.size());
        parameterTypes.forEach(out::writeInt);
        return out.setInt(1, out.readableBytes() - 1);
    }

    /** The name as the server tells names apart, by the first 63 bytes. */
    public String shortName() {
        return Strings.toName(name);
    }

    /** With another name. */
    public Parse withName(String other) {
        return new Parse(other, text, parameterTypes);
    }

    /** With another text. */
    public Parse withText(String other) {
        return new Parse(name, other, parameterTypes);
    }

    /** Not the text. */
    @Override
    public String toString() {
        return "Parse[" + parameterTypes.size() + " parameter types]";
    }
}
