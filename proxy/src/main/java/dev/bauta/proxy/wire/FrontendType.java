package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** The messages that a client sends after its startup message, with the length that the server itself allows each. */
public enum FrontendType {
    BIND('B', Limit.LARGE),
    CLOSE('C', Limit.SMALL),
    COPY_DATA('d', Limit.LARGE),
    COPY_DONE('c', Limit.SMALL),
    COPY_FAIL('f', Limit.SMALL),
    DESCRIBE('D', Limit.SMALL),
    EXECUTE('E', Limit.SMALL),
    FLUSH('H', Limit.SMALL),
    FUNCTION_CALL('F', Limit.LARGE),
    PARSE('P', Limit.LARGE),
    /** PasswordMessage, SASLInitialResponse, SASLResponse and GSSResponse share one byte. */
    PASSWORD('p', Limit.PASSWORD),
    QUERY('Q', Limit.LARGE),
    SYNC('S', Limit.SMALL),
    TERMINATE('X', Limit.SMALL);

    private static final @Nullable FrontendType[] BY_CODE = new FrontendType[256];

    static {
        for (FrontendType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final char code;
    private final int maxLength;

    FrontendType(char code, int maxLength) {
        this.code = code;
        this.maxLength = maxLength;
    }

    /** The message with that type byte, or null when there is none. */
    public static @Nullable FrontendType find(byte code) {
        return BY_CODE[code & 0xFF];
    }

    /** The type byte. */
    public byte code() {
        return (byte) code;
    }

    /** The greatest value of the length field that a server accepts, in bytes, the field itself included. */
    public int maxLength() {
        return maxLength;
    }

    /** Writes the message, for a type without content. */
    public ByteBuf encodeEmpty(ByteBufAllocator allocator) {
        return allocator.buffer(5).writeByte(code).writeInt(4);
    }

    /** The server's own limits, by its {@code SocketBackend}. */
    private static final class Limit {
        static final int SMALL = 10_000;
        static final int PASSWORD = 65_535;
        static final int LARGE = 0x3FFFFFFE;
    }
}
