package dev.bauta.proxy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.refusal.ErrorDisclosure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    @Test
    void queriesComeBackAsTheyWere() throws MalformedMessage {
        for (String text : List.of("", "SELECT 1", "SELECT 'ä😀\uFFFD'", "x".repeat(100_000))) {
            byte[] message = Frontend.query(text);
            Query query = Query.decode(Unpooled.wrappedBuffer(message));
            assertThat(query).isEqualTo(new Query(text));
            assertThat(bytes(query.encode(ALLOCATOR))).isEqualTo(message);
        }
    }

    @Test
    void parsesComeBackAsTheyWere() throws MalformedMessage {
        byte[] message = Frontend.parse("näme", "SELECT $1, $2", 23, 0);
        Parse parse = Parse.decode(Unpooled.wrappedBuffer(message));
        assertThat(parse).isEqualTo(new Parse("näme", "SELECT $1, $2", List.of(23, 0)));
        assertThat(bytes(parse.encode(ALLOCATOR))).isEqualTo(message);
    }

    /** Among them are names that take each other's place, and one that is longer than names are. */
    @Test
    void bindsTellTheirStatementsApartHoweverOftenTheyCome() throws MalformedMessage {
        KnownNames known = new KnownNames();
        List<String> names = List.of("s1", "t1", "", "s1", "s1", "näme", "naeme", "näme", "x".repeat(63), "s1");
        for (String name : names) {
            byte[] message = Frontend.bind("p", name);
            assertThat(Bind.decode(Unpooled.wrappedBuffer(message), known)).isEqualTo(new Bind("p", name));
        }
        byte[] tooLong = Frontend.bind("p", "x".repeat(64));
        assertThat(Bind.decode(Unpooled.wrappedBuffer(tooLong), known)).isEqualTo(new Bind("p", "x".repeat(63)));
    }

    @Test
    void noTextOfAStatementShows() {
        assertThat(new Query("SELECT 42")).hasToString("Query[]");
        assertThat(new Parse("n", "SELECT 42", List.of(1))).hasToString("Parse[1 parameter types]");
        assertThat(ErrorResponse.fatal("XX000", "42")).hasToString("ErrorResponse[XX000]");
        assertThat(new CancelKey(7, "01020304")).hasToString("CancelKey[7]");
    }

    @Test
    void aTruncatedParseIsMalformedAtEveryByte() throws MalformedMessage {
        byte[] whole = Frontend.parse("n", "SELECT $1", 23);
        Parse.decode(Unpooled.wrappedBuffer(whole));
        for (int length = 5; length < whole.length; length++) {
            ByteBuf cut = Unpooled.wrappedBuffer(whole, 0, length);
            assertThatThrownBy(() -> Parse.decode(cut)).isInstanceOf(MalformedMessage.class);
        }
    }

    @Test
    void everyInvalidByteIsRefusedInTexts() {
        // Overlong, surrogate, beyond U+10FFFF, lone continuation, truncated.
        for (String bad :
                List.of("\u00C0\u0080", "\u00ED\u00A0\u0080", "\u00F4\u0090\u0080\u0080", "\u0080", "\u00E2\u0082")) {
            byte[] body = ("SELECT '" + bad + "'\0").getBytes(StandardCharsets.ISO_8859_1);
            assertThatThrownBy(() -> Query.decode(Unpooled.wrappedBuffer(Frontend.message('Q', body))))
                    .isInstanceOfSatisfying(
                            MalformedMessage.class,
                            e -> assertThat(e.toErrorResponse().sqlState()).isEqualTo("22021"));
        }
    }

    @Test
    void errorFieldsKeepTheirOrder() {
        byte[] message = Frontend.message(
                'E', bytes("SERROR\0VERROR\0C42703\0Mäh\0Ddetail\0P9\0Wunnamed portal parameter $1\0q1\0p2\0Ff.c\0\0"));
        ErrorResponse error = ErrorResponse.decode(Unpooled.wrappedBuffer(message));
        assertThat(bytes(error.encode(ALLOCATOR, BackendType.ERROR_RESPONSE))).isEqualTo(message);
        assertThat(error.position()).isEqualTo(OptionalInt.of(9));
        assertThat(error.isFatal()).isFalse();
        assertThat(new TreeMap<>(error.withoutValues(ErrorDisclosure.OWN_TEXT)
                        .withPosition(4)
                        .fields()))
                .isEqualTo(new TreeMap<>(
                        Map.of('S', "ERROR", 'V', "ERROR", 'C', "42703", 'M', "äh", 'P', "4", 'F', "f.c")));
    }

    @Test
    void withholdsTheWordsOfFunctions() {
        ErrorResponse error = ErrorResponse.decode(Unpooled.wrappedBuffer(Frontend.message(
                'E',
                bytes("SERROR\0C22012\0Mcanary\0Hcanary\0scanary\0tcanary\0ccanary\0dcanary\0ncanary\0"
                        + "WPL/pgSQL function f() line 1 at RAISE\0\0"))));
        assertThat(new TreeMap<>(error.withoutValues(ErrorDisclosure.OWN_TEXT).fields()))
                .isEqualTo(new TreeMap<>(Map.of(
                        'S', "ERROR", 'C', "22012", 'M', "the message of a function is withheld (SQLSTATE 22012)")));
    }

    @Test
    void readsTheOriginsOfFields() {
        ByteBuf body = Unpooled.buffer();
        body.writeShort(3);
        field(body, "computed", 0, 0);
        field(body, "plain", 16_384, 2);
        field(body, "", 0xFFFFFFF0, 1);
        byte[] message = Frontend.message('T', bytes(body));
        assertThat(RowDescription.decode(Unpooled.wrappedBuffer(message)).origins())
                .containsExactly(new ColumnOrigin(16_384, 2), new ColumnOrigin(0xFFFFFFF0, 1));
        for (int length = 5; length < message.length; length++) {
            ByteBuf cut = Unpooled.wrappedBuffer(message, 0, length);
            assertThatThrownBy(() -> RowDescription.decode(cut)).isInstanceOf(ProtocolViolation.class);
        }
        ByteBuf longer = Unpooled.wrappedBuffer(Arrays.copyOf(message, message.length + 1));
        assertThatThrownBy(() -> RowDescription.decode(longer)).isInstanceOf(ProtocolViolation.class);
    }

    private static void field(ByteBuf body, String name, int relation, int column) {
        body.writeBytes(bytes(name)).writeByte(0).writeInt(relation).writeShort(column);
        body.writeInt(25).writeShort(-1).writeInt(-1).writeShort(0);
    }

    @Test
    void everyTypeByteIsKnownOrNot() {
        StringBuilder frontend = new StringBuilder();
        StringBuilder backend = new StringBuilder();
        for (int code = 0; code < 256; code++) {
            FrontendType fromClient = FrontendType.find((byte) code);
            BackendType fromServer = BackendType.find((byte) code);
            assertThat(fromClient == null || fromClient.code() == (byte) code).isTrue();
            assertThat(fromServer == null || fromServer.code() == (byte) code).isTrue();
            frontend.append(fromClient == null ? "" : (char) code);
            backend.append(fromServer == null ? "" : (char) code);
        }
        assertThat(frontend).hasToString("BCDEFHPQSXcdfp");
        assertThat(backend).hasToString("123ACDEGHIKNRSTVWZcdnstv");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        buffer.release();
        return bytes;
    }
}
