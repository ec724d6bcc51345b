package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Asks whether the connection can be encrypted. */
public enum EncryptionRequest implements InitialMessage {
    /** SSLRequest. */
    SSL(EncryptionRequest.SSL_CODE),
    /** GSSENCRequest. */
    GSSENC(EncryptionRequest.GSSENC_CODE);

    static final int SSL_CODE = 80877103;
    static final int GSSENC_CODE = 80877104;

    private final int code;

    EncryptionRequest(int code) {
        this.code = code;
    }

    /** Writes the message. */
    public ByteBuf encode(ByteBufAllocator allocator) {
        return allocator.buffer(MIN_LENGTH).writeInt(MIN_LENGTH).writeInt(code);
    }
}
