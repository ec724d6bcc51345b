package dev.bauta.proxy.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The frontend's messages as bytes. */
public final class Frontend {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private Frontend() {}

    public static byte[] startup(int version, Map<String, String> parameters) {
        Frontend message = new Frontend().int32(version);
        parameters.forEach((name, value) -> message.string(name).string(value));
        return message.int8(0).untyped();
    }

    public static byte[] startup(String user, String database) {
        return startup(3 << 16, Map.of("user", user, "database", database));
    }

    public static byte[] sslRequest() {
        return new Frontend().int32(80877103).untyped();
    }

    public static byte[] gssEncRequest() {
        return new Frontend().int32(80877104).untyped();
    }

    public static byte[] cancelRequest(byte[] key) {
        return new Frontend().int32(80877102).bytes(key).untyped();
    }

    public static byte[] query(String text) {
        return new Frontend().string(text).typed('Q');
    }

    public static byte[] parse(String name, String text, int... parameterTypes) {
        Frontend message = new Frontend().string(name).string(text).int16(parameterTypes.length);
        for (int type : parameterTypes) {
            message.int32(type);
        }
        return message.typed('P');
    }

    public static byte[] bind(String portal, String statement, @Nullable String... values) {
        Frontend message =
                new Frontend().string(portal).string(statement).int16(0).int16(values.length);
        for (String value : values) {
            message.value(value);
        }
        return message.int16(0).typed('B');
    }

    public static byte[] describeStatement(String name) {
        return new Frontend().int8('S').string(name).typed('D');
    }

    public static byte[] describePortal(String name) {
        return new Frontend().int8('P').string(name).typed('D');
    }

    public static byte[] execute(String portal, int maxRows) {
        return new Frontend().string(portal).int32(maxRows).typed('E');
    }

    public static byte[] closeStatement(String name) {
        return new Frontend().int8('S').string(name).typed('C');
    }

    public static byte[] closePortal(String name) {
        return new Frontend().int8('P').string(name).typed('C');
    }

    public static byte[] sync() {
        return new Frontend().typed('S');
    }

    public static byte[] flush() {
        return new Frontend().typed('H');
    }

    public static byte[] terminate() {
        return new Frontend().typed('X');
    }

    public static byte[] copyData(String data) {
        return new Frontend().bytes(data.getBytes(StandardCharsets.UTF_8)).typed('d');
    }

    public static byte[] copyDone() {
        return new Frontend().typed('c');
    }

    public static byte[] copyFail(String reason) {
        return new Frontend().string(reason).typed('f');
    }

    /** A fast-path call of a function that takes one argument, in text format. */
    public static byte[] functionCall(int function, String argument) {
        return new Frontend()
                .int32(function)
                .int16(0)
                .int16(1)
                .value(argument)
                .int16(0)
                .typed('F');
    }

    /** Any message. */
    public static byte[] message(int type, byte[] body) {
        return new Frontend().bytes(body).typed(type);
    }

    /** Several messages sent as one. */
    public static byte[] all(byte[]... messages) {
        Frontend together = new Frontend();
        for (byte[] message : messages) {
            together.bytes(message);
        }
        return together.body.toByteArray();
    }

    private Frontend value(@Nullable String value) {
        if (value == null) {
            return int32(-1);
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return int32(bytes.length).bytes(bytes);
    }

    private Frontend string(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8)).int8(0);
    }

    private Frontend bytes(byte[] bytes) {
        body.writeBytes(bytes);
        return this;
    }

    private Frontend int8(int value) {
        body.write(value);
        return this;
    }

    private Frontend int16(int value) {
        return int8(value >> 8).int8(value);
    }

    private Frontend int32(int value) {
        return int16(value >> 16).int16(value);
    }

    private byte[] typed(int type) {
        return ByteBuffer.allocate(body.size() + 5)
                .put((byte) type)
                .putInt(body.size() + 4)
                .put(body.toByteArray())
                .array();
    }

    private byte[] untyped() {
        return ByteBuffer.allocate(body.size() + 4)
                .putInt(body.size() + 4)
                .put(body.toByteArray())
                .array();
    }
}
