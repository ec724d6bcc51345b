package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** What a client may send first on a connection; these messages have no type byte. */
public sealed interface InitialMessage permits StartupMessage, CancelRequest, EncryptionRequest {
    /** The greatest length that a server accepts, in bytes. */
    int MAX_LENGTH = 10_000;

    /** Length and code. */
    int MIN_LENGTH = 8;

    /**
     * Reads one message from what has come in so far.
     *
     * @param in read only when a message is whole
     * @return empty when more must come
     * @throws ProtocolViolation when this is no client of PostgreSQL's protocol 3
     */
    static Optional<InitialMessage> decode(ByteBuf in) {
        if (in.readableBytes() < 4) {
            return Optional.empty();
        }
        int length = in.getInt(in.readerIndex());
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw new ProtocolViolation("invalid length of startup packet");
        }
        if (in.readableBytes() < length) {
            return Optional.empty();
        }
        ByteBuf body = in.readSlice(length).skipBytes(4);
        return Optional.of(decodeBody(body.readInt(), body));
    }

    private static InitialMessage decodeBody(int code, ByteBuf body) {
        return switch (code) {
            case EncryptionRequest.SSL_CODE -> EncryptionRequest.SSL;
            case EncryptionRequest.GSSENC_CODE -> EncryptionRequest.GSSENC;
            case CancelRequest.CODE -> CancelRequest.decode(body);
            default -> StartupMessage.decode(code, body);
        };
    }
}
