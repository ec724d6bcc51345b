package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of Authentication messages that can be relayed: those which do not bind the two connections' encryption. */
public enum AuthenticationRequest {
    OK(0, false),
    CLEARTEXT_PASSWORD(3, true),
    MD5_PASSWORD(5, true),
    SASL(10, true),
    SASL_CONTINUE(11, true),
    SASL_FINAL(12, false);

    /** Proves that the client talks TLS with the server itself, which through a proxy it does not. */
    private static final String CHANNEL_BINDING_SUFFIX = "-PLUS";

    private final int code;
    private final boolean answered;

    AuthenticationRequest(int code, boolean answered) {
        this.code = code;
        this.answered = answered;
    }

    /** True when the client answers it with a password message. */
    public boolean isAnswered() {
        return answered;
    }

    /** The kind of a message, type byte and length included; null for one that cannot be relayed: Kerberos, GSS, SSPI. */
    public static @Nullable AuthenticationRequest findKind(ByteBuf frame) {
        if (frame.readableBytes() < 9) {
            throw new ProtocolViolation("invalid message format from server");
        }
        int code = frame.getInt(frame.readerIndex() + 5);
        for (AuthenticationRequest kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }

    /** True when a mechanism can be used only by the two ends of one TLS connection. */
    public static boolean bindsChannel(String mechanism) {
        return mechanism.endsWith(CHANNEL_BINDING_SUFFIX);
    }

    /** The SASL mechanisms of an AuthenticationSASL message. */
    public static List<String> mechanisms(ByteBuf frame) {
        ByteBuf body = frame.slice(frame.readerIndex() + 9, frame.readableBytes() - 9);
        List<String> mechanisms = new ArrayList<>();
        try {
            for (String name = Strings.readLenient(body); !name.isEmpty(); name = Strings.readLenient(body)) {
                mechanisms.add(name);
            }
        } catch (MalformedMessage e) {
            throw new ProtocolViolation("invalid message format from server");
        }
        return mechanisms;
    }

    /** Writes an AuthenticationSASLContinue or AuthenticationSASLFinal message. */
    public ByteBuf encode(ByteBufAllocator allocator, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        return allocator
                .buffer(bytes.length + 9)
                .writeByte(BackendType.AUTHENTICATION.code())
                .writeInt(bytes.length + 8)
                .writeInt(code)
                .writeBytes(bytes);
    }

    /** The data of an AuthenticationSASLContinue or AuthenticationSASLFinal message. */
    public static String saslData(ByteBuf frame) {
        return frame.toString(frame.readerIndex() + 9, frame.readableBytes() - 9, StandardCharsets.UTF_8);
    }

    /** The data of a client's SASLResponse message. */
    public static String saslResponse(ByteBuf frame) {
        return frame.toString(frame.readerIndex() + 5, frame.readableBytes() - 5, StandardCharsets.UTF_8);
    }

    /** Writes a client's SASLResponse message. */
    public static ByteBuf encodeSaslResponse(ByteBufAllocator allocator, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        return allocator
                .buffer(bytes.length + 5)
                .writeByte(FrontendType.PASSWORD.code())
                .writeInt(bytes.length + 4)
                .writeBytes(bytes);
    }

    /** Writes an AuthenticationSASL message. */
    public static ByteBuf encodeSasl(ByteBufAllocator allocator, List<String> mechanisms) {
        ByteBuf out = allocator.buffer();
        out.writeByte(BackendType.AUTHENTICATION.code()).writeInt(0).writeInt(SASL.code);
        mechanisms.forEach(name -> Strings.write(out, name));
        out.writeByte(0);
        return out.setInt(1, out.readableBytes() - 1);
    }
}
