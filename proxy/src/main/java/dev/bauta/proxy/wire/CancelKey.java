package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What BackendKeyData tells a client and CancelRequest tells the server. Immutable.
 *
 * @param processId the server process
 * @param secret the secret key in hexadecimal digits: 4 bytes in protocol 3.0, up to 256 from 3.2 on
 */
public record CancelKey(int processId, String secret) {
    private static final int MAX_SECRET = 256;

    /** Reads the key that makes up the rest of a message. */
    static CancelKey read(ByteBuf body) {
        int secret = body.readableBytes() - 4;
        if (secret < 4 || secret > MAX_SECRET) {
            throw new ProtocolViolation("invalid length of cancel key");
        }
        int processId = body.readInt();
        return new CancelKey(processId, ByteBufUtil.hexDump(body));
    }

    /** A key of the same process with another secret, of the same length. */
    public CancelKey withSecret(SecureRandom random) {
        byte[] other = new byte[secret.length() / 2];
        random.nextBytes(other);
        return new CancelKey(processId, HexFormat.of().formatHex(other));
    }

    /** Reads a BackendKeyData message, type byte and length included. */
    public static CancelKey decodeBackendKeyData(ByteBuf frame) {
        return read(frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5));
    }

    /** Writes a BackendKeyData message. */
    public ByteBuf encodeBackendKeyData(ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer();
        out.writeByte(BackendType.BACKEND_KEY_DATA.code()).writeInt(0);
        write(out);
        return out.setInt(1, out.readableBytes() - 1);
    }

    void write(ByteBuf out) {
        out.writeInt(processId).writeBytes(HexFormat.of().parseHex(secret));
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return "CancelKey[" + processId + "]";
    }
}
