package dev.bauta.proxy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.proxy.testing.Frontend;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InitialMessageTest {
    private static final int VERSION_3_0 = 3 << 16;

    @Test
    void readsEachKind() {
        assertThat(decode(Frontend.sslRequest())).contains(EncryptionRequest.SSL);
        assertThat(decode(Frontend.gssEncRequest())).contains(EncryptionRequest.GSSENC);
        assertThat(decode(Frontend.cancelRequest(new byte[] {0, 0, 0, 7, 1, 2, 3, 4})))
                .contains(new CancelRequest(new CancelKey(7, "01020304")));
        assertThat(decode(Frontend.startup("u", "d")))
                .contains(new StartupMessage(VERSION_3_0, Map.of("user", "u", "database", "d")));
    }

    @Test
    void waitsForTheWholeMessage() {
        byte[] message = Frontend.startup("u", "d");
        for (int length = 0; length < message.length; length++) {
            assertThat(decode(Arrays.copyOf(message, length))).isEmpty();
        }
    }

    @Test
    void readsOneMessageAndLeavesTheNext() {
        ByteBuf in = Unpooled.wrappedBuffer(Frontend.sslRequest(), Frontend.startup("u", "d"));
        assertThat(InitialMessage.decode(in)).contains(EncryptionRequest.SSL);
        assertThat(InitialMessage.decode(in)).containsInstanceOf(StartupMessage.class);
        assertThat(in.isReadable()).isFalse();
    }

    @Test
    void newerMinorVersionsAndProtocolExtensionsAreTheServersAffair() {
        byte[] message = Frontend.startup(VERSION_3_0 + 9, Map.of("user", "u", "_pq_.x", "y"));
        assertThat(decode(message)).contains(new StartupMessage(VERSION_3_0 + 9, Map.of("user", "u", "_pq_.x", "y")));
    }

    @Test
    void refusesOtherProtocols() {
        refuses(
                Frontend.startup(2 << 16, Map.of()),
                "0A000",
                "unsupported frontend protocol 2.0: only 3.x is supported");
        refuses(
                Frontend.startup(4 << 16, Map.of()),
                "0A000",
                "unsupported frontend protocol 4.0: only 3.x is supported");
    }

    @Test
    void refusesLengthsThatAServerRefuses() {
        for (int length : new int[] {Integer.MIN_VALUE, -1, 0, 7, 10_001, Integer.MAX_VALUE}) {
            refuses(Unpooled.buffer().writeInt(length).array(), "08P01", "invalid length of startup packet");
        }
        // What a TLS client sends without asking first.
        refuses(new byte[] {0x16, 3, 1, 2}, "08P01", "invalid length of startup packet");
    }

    @Test
    void refusesALayoutThatAServerRefuses() {
        refuses(startup("user\0u\0"), "08P01", "invalid startup packet layout");
        refuses(startup("user\0u\0\0x"), "08P01", "invalid startup packet layout");
        refuses(startup("user\0u"), "08P01", "invalid startup packet layout");
        refuses(startup("user\0\u00e4\0\0"), "22021", "invalid startup packet layout");
    }

    @Test
    void refusesAParameterGivenTwiceInAnySpelling() {
        String message = "invalid startup packet: a parameter is given twice";
        refuses(startup("user\0u\0user\0v\0\0"), "08P01", message);
        refuses(startup("search_path\0a\0Search_Path\0b\0\0"), "08P01", message);
    }

    @Test
    void furtherParametersComeLastAndWin() {
        StartupMessage message = new StartupMessage(VERSION_3_0, Map.of("bauta.k", "theirs"))
                .withParameters(Map.of("user", "u"))
                .withParameters(Map.of("bauta.k", "ours"));
        assertThat(decode(bytes(message.encode(UnpooledByteBufAllocator.DEFAULT))))
                .contains(message);
        assertThat(message.parameters().values()).containsExactly("u", "ours");
        assertThat(message).hasToString("StartupMessage[user, bauta.k]");
    }

    @Test
    void theDatabaseIsTheUsersWhereNoneIsNamed() {
        assertThat(new StartupMessage(VERSION_3_0, Map.of("user", "u")).database())
                .isEqualTo("u");
        assertThat(new StartupMessage(VERSION_3_0, Map.of("user", "u", "database", "")).database())
                .isEqualTo("u");
    }

    @Test
    void cancelKeysOfEveryLengthComeThrough() {
        for (int length = 4; length <= 256; length++) {
            byte[] message = Frontend.cancelRequest(new byte[4 + length]);
            CancelRequest request = (CancelRequest) decode(message).orElseThrow();
            assertThat(bytes(request.encode(UnpooledByteBufAllocator.DEFAULT))).isEqualTo(message);
        }
        refuses(Frontend.cancelRequest(new byte[7]), "08P01", "invalid length of cancel key");
        refuses(Frontend.cancelRequest(new byte[4 + 257]), "08P01", "invalid length of cancel key");
    }

    private static byte[] startup(String parameters) {
        byte[] bytes = parameters.getBytes(StandardCharsets.ISO_8859_1);
        return bytes(Unpooled.buffer()
                .writeInt(8 + bytes.length)
                .writeInt(VERSION_3_0)
                .writeBytes(bytes));
    }

    private static void refuses(byte[] message, String sqlState, String text) {
        assertThatThrownBy(() -> decode(message))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class, e -> assertThat(e.sqlState()).isEqualTo(sqlState))
                .hasMessage(text);
    }

    private static Optional<InitialMessage> decode(byte[] message) {
        return InitialMessage.decode(Unpooled.wrappedBuffer(message));
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        buffer.release();
        return bytes;
    }
}
