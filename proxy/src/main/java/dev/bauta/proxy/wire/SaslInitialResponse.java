package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * Begins a SASL exchange. Immutable.
 *
 * @param mechanism the client's choice
 * @param data the client's first message
 */
public record SaslInitialResponse(String mechanism, String data) {
    /**
     * Reads the message, type byte and length included.
     *
     * @throws ProtocolViolation when it is none, or holds no first message
     */
    public static SaslInitialResponse decode(ByteBuf frame) {
        ByteBuf body = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
        try {
            String mechanism = Strings.readStrict(body);
            int length = body.readInt();
            if (length != body.readableBytes()) {
                throw invalid();
            }
            return new SaslInitialResponse(mechanism, body.toString(StandardCharsets.UTF_8));
        } catch (IndexOutOfBoundsException | MalformedMessage e) {
            throw invalid();
        }
    }

    private static ProtocolViolation invalid() {
        return new ProtocolViolation("invalid SASL initial response");
    }

    /** Writes the message. */
    public ByteBuf encode(ByteBufAllocator allocator) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        ByteBuf out = allocator.buffer();
        out.writeByte(FrontendType.PASSWORD.code()).writeInt(0);
        Strings.write(out, mechanism);
        out.writeInt(bytes.length).writeBytes(bytes);
        return out.setInt(1, out.readableBytes() - 1);
    }

    /** Not what the client said. */
    @Override
    public String toString() {
        return "SaslInitialResponse[]";
    }
}
