package dev.bauta.proxy.wire;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.bauta.proxy.testing.Frontend;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The codec takes messages that are cut short, run together, and changed here and there. */
class CodecFuzzTest {
    private static final List<byte[]> MESSAGES = List.of(
            Frontend.startup("user", "database"),
            Frontend.sslRequest(),
            Frontend.cancelRequest(new byte[8]),
            Frontend.query("SELECT 'ä'"),
            Frontend.parse("s", "SELECT $1", 25, 23),
            Frontend.bind("p", "s", "one", null),
            Frontend.describeStatement("s"),
            Frontend.execute("p", 7),
            Frontend.closeStatement("s"),
            Frontend.sync(),
            Frontend.copyData("1\tone\n"),
            message('T', "0002610000000001000100000017000400000000620000000001000200000019ffff000000000000"),
            message('D', "00010000000131"),
            message('E', "534552524f5200433432363031004d77726f6e670000"),
            message('C', "53454c454354203100"),
            message('S', "6e616d650076616c756500"),
            message('K', "0000000100000002"),
            message('H', "00000200000000"),
            message('v', "00000000000000015f70712e7800"),
            message('Z', "49"));

    private static byte[] message(char type, String body) {
        return Frontend.message(type, HexFormat.of().parseHex(body));
    }

    @Test
    void takesWhateverComes() {
        long seed = Long.getLong("bauta.test.seed", 20261128);
        Random random = new Random(seed);
        for (int round = 0; round < 50_000; round++) {
            byte[] input = input(random);
            assertThatCode(() -> CodecFuzz.fuzzerTestOneInput(input))
                    .as("seed %d, %s", seed, HexFormat.of().formatHex(input))
                    .doesNotThrowAnyException();
        }
    }

    private static byte[] input(Random random) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(random.nextInt(4));
        stream.write(random.nextInt(256));
        stream.write(random.nextInt(256));
        for (int i = random.nextInt(4); i >= 0; i--) {
            byte[] message = MESSAGES.get(random.nextInt(MESSAGES.size())).clone();
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                message[random.nextInt(message.length)] = (byte) random.nextInt(256);
            }
            stream.write(message, 0, random.nextInt(8) == 0 ? random.nextInt(message.length) : message.length);
        }
        return stream.toByteArray();
    }
}
