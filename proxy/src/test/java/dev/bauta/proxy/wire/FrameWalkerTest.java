package dev.bauta.proxy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameWalkerTest {
    private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    private final Recorder recorder = new Recorder();
    private final FrameWalker walker = new FrameWalker(ALLOCATOR, recorder);
    private final List<ByteBuf> given = new ArrayList<>();

    /** Upper-case types are forwarded, lower-case ones collected, digits dropped; of ? and ! the beginning decides, for the one and against the other. */
    private final class Recorder implements FrameListener {
        private final StringBuilder events = new StringBuilder();
        private final ByteArrayOutputStream forwarded = new ByteArrayOutputStream();
        private char pauseAt;

        @Override
        public Handling onFrame(byte type, int length) {
            events.append((char) type).append(length).append(' ');
            if (Character.isDigit(type)) {
                return Handling.DROP;
            } else if (type == '?' || type == '!') {
                return Handling.PEEK;
            }
            return Character.isLowerCase(type) ? Handling.COLLECT : Handling.FORWARD;
        }

        @Override
        public Handling onBeginning(byte type, ByteBuf beginning) {
            events.append("(")
                    .append(beginning.toString(StandardCharsets.ISO_8859_1).substring(5))
                    .append(") ");
            return type == '?' ? Handling.FORWARD : Handling.DROP;
        }

        @Override
        public void onForward(ByteBuf bytes) {
            write(bytes);
        }

        @Override
        public void onCollected(byte type, ByteBuf frame) {
            events.append("<").append((char) type).append("> ");
            write(frame);
            if (type == pauseAt) {
                walker.pause();
            }
        }

        private void write(ByteBuf bytes) {
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy);
            forwarded.writeBytes(copy);
            bytes.release();
        }

        String output() {
            return forwarded.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @AfterEach
    void everyBufferIsReleased() {
        walker.close();
        assertThat(given).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @Test
    void forwardsAndCollectsInOrderAndDrops() {
        walk(frame('A', "one") + frame('b', "two") + frame('1', "gone") + frame('C', ""));
        assertThat(recorder.events).hasToString("A7 b7 <b> 18 C4 ");
        assertThat(recorder.output()).isEqualTo(frame('A', "one") + frame('b', "two") + frame('C', ""));
    }

    @Test
    void theResultDoesNotDependOnWhereTheStreamIsCut() {
        String stream = frame('A', "one")
                + frame('b', "two")
                + frame('1', "gone")
                + frame('c', "")
                + frame('2', "")
                + frame('D', "")
                + frame('e', "xyz")
                + frame('?', "on")
                + frame('!', "off")
                + frame('?', "")
                + frame('!', "")
                + frame('F', "last");
        String output = frame('A', "one")
                + frame('b', "two")
                + frame('c', "")
                + frame('D', "")
                + frame('e', "xyz")
                + frame('?', "on")
                + frame('?', "")
                + frame('F', "last");
        for (int first = 0; first <= stream.length(); first++) {
            for (int second = first; second <= stream.length(); second++) {
                Recorder fresh = new Recorder();
                FrameWalker cut = new FrameWalker(ALLOCATOR, fresh);
                cut.walk(buffer(stream.substring(0, first)));
                cut.walk(buffer(stream.substring(first, second)));
                cut.walk(buffer(stream.substring(second)));
                assertThat(fresh.output()).isEqualTo(output);
                assertThat(fresh.events)
                        .hasToString("A7 b7 <b> 18 c4 <c> 24 D4 e7 <e> ?6 (on) !7 (off) ?4 () !4 () F8 ");
            }
        }
    }

    @Test
    void ofALongMessageTheBeginningDecides() {
        String content = "x".repeat(2 * FrameWalker.PEEKED) + "end";
        String beginning = content.substring(0, FrameWalker.PEEKED - 5);
        String stream = frame('A', "") + frame('?', content) + frame('!', content) + frame('B', "");
        for (int cut : List.of(1, 6, 100, FrameWalker.PEEKED - 1, FrameWalker.PEEKED, 50_000, stream.length())) {
            Recorder fresh = new Recorder();
            FrameWalker walked = new FrameWalker(ALLOCATOR, fresh);
            for (int at = 0; at < stream.length(); at += cut) {
                walked.walk(buffer(stream.substring(at, Math.min(stream.length(), at + cut))));
            }
            int length = content.length() + 4;
            assertThat(fresh.output()).isEqualTo(frame('A', "") + frame('?', content) + frame('B', ""));
            assertThat(fresh.events.toString())
                    .isEqualTo("A4 ?" + length + " (" + beginning + ") !" + length + " (" + beginning + ") B4 ");
            assertThat(walked.isBetweenMessages()).isTrue();
        }
    }

    @Test
    void randomStreamsCutAtRandom() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder stream = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                String frame = frame("AbC1".charAt(random.nextInt(4)), "x".repeat(random.nextInt(30)));
                stream.append(frame);
                expected.append(frame.charAt(0) == '1' ? "" : frame);
            }
            Recorder fresh = new Recorder();
            FrameWalker cut = new FrameWalker(ALLOCATOR, fresh);
            for (int at = 0; at < stream.length(); ) {
                int next = Math.min(stream.length(), at + 1 + random.nextInt(20));
                cut.walk(buffer(stream.substring(at, next)));
                at = next;
            }
            assertThat(fresh.output()).as("seed %d", seed).isEqualTo(expected.toString());
        }
    }

    @Test
    void forwardsALongMessageInSlicesWithoutKeepingIt() {
        String message = frame('A', "x".repeat(1000));
        walk(message.substring(0, 300));
        assertThat(recorder.output()).hasSize(300);
        assertThat(walker.isInsideForwardedMessage()).isTrue();
        walk(message.substring(300));
        assertThat(recorder.output()).isEqualTo(message);
        assertThat(walker.isInsideForwardedMessage()).isFalse();
    }

    @Test
    void isNotInsideAForwardedMessageWhileOneIsCollectedOrDropped() {
        walk(frame('a', "xyz").substring(0, 7));
        assertThat(walker.isInsideForwardedMessage()).isFalse();
        walk("z" + frame('1', "xyz").substring(0, 7));
        assertThat(walker.isInsideForwardedMessage()).isFalse();
    }

    @Test
    void aPauseHoldsWhatComesAfter() {
        recorder.pauseAt = 'b';
        walk(frame('A', "one") + frame('b', "two") + frame('C', "three"));
        walk(frame('D', "four"));
        assertThat(recorder.output()).isEqualTo(frame('A', "one") + frame('b', "two"));
        walker.resume();
        assertThat(recorder.output())
                .isEqualTo(frame('A', "one") + frame('b', "two") + frame('C', "three") + frame('D', "four"));
    }

    /** However the stream is cut, each message waits before it is begun, and a kept one before it is handed over. */
    @Test
    void aPauseBeforeAMessageHoldsItBack() {
        String stream = frame('A', "one") + frame('b', "two") + frame('c', "") + frame('D', "four");
        for (int first = 0; first <= stream.length(); first++) {
            for (int second = first; second <= stream.length(); second++) {
                Recorder fresh = new Recorder();
                FrameWalker[] cut = new FrameWalker[1];
                FrameListener halting = new FrameListener() {
                    private boolean halted;

                    @Override
                    public void onNext(byte type) {
                        halted = !halted;
                        if (halted) {
                            cut[0].pause();
                        }
                    }

                    @Override
                    public Handling onFrame(byte type, int length) {
                        assertThat(halted).isFalse();
                        return fresh.onFrame(type, length);
                    }

                    @Override
                    public void onForward(ByteBuf bytes) {
                        fresh.onForward(bytes);
                    }

                    @Override
                    public void onCollected(byte type, ByteBuf frame) {
                        assertThat(halted).isFalse();
                        fresh.onCollected(type, frame);
                    }
                };
                cut[0] = new FrameWalker(ALLOCATOR, halting);
                for (String part : List.of(
                        stream.substring(0, first), stream.substring(first, second), stream.substring(second))) {
                    cut[0].walk(buffer(part));
                }
                for (int i = 0; i < 8; i++) {
                    cut[0].resume();
                }
                assertThat(fresh.output()).isEqualTo(stream);
                assertThat(fresh.events).hasToString("A7 b7 <b> c4 <c> D8 ");
            }
        }
    }

    @Test
    void aMessageThatHasBegunIsForwardedToItsEndInspiteOfAPause() {
        String message = frame('A', "one");
        walk(message.substring(0, 6));
        walker.pause();
        walk(message.substring(6) + frame('B', "two"));
        assertThat(recorder.output()).isEqualTo(message);
        walker.resume();
        assertThat(recorder.output()).isEqualTo(message + frame('B', "two"));
    }

    @Test
    void whatCannotBeKeptIsAViolation() {
        byte[] endless = ("a" + int32(Integer.MAX_VALUE) + "begun").getBytes(StandardCharsets.ISO_8859_1);
        for (int size = 5; size <= endless.length; size++) {
            try (FrameWalker cut = new FrameWalker(ALLOCATOR, new Recorder())) {
                String first = new String(endless, 0, 4, StandardCharsets.ISO_8859_1);
                String second = new String(endless, 4, size - 4, StandardCharsets.ISO_8859_1);
                assertThatThrownBy(() -> cut.walk(buffer(first + second))).isInstanceOf(ProtocolViolation.class);
            }
        }
        try (FrameWalker cut = new FrameWalker(ALLOCATOR, new Recorder())) {
            cut.walk(buffer("a" + int32(Integer.MAX_VALUE - 1)));
            cut.walk(buffer("begun"));
        }
    }

    @Test
    void lengthsBelowFourAreViolationsAfterWhatCameBefore() {
        for (int length : new int[] {3, 0, -1, Integer.MIN_VALUE}) {
            Recorder fresh = new Recorder();
            try (FrameWalker cut = new FrameWalker(ALLOCATOR, fresh)) {
                String bad = "A" + int32(length);
                assertThatThrownBy(() -> cut.walk(buffer(frame('B', "right") + bad)))
                        .isInstanceOf(ProtocolViolation.class)
                        .hasMessage("invalid message length");
            }
            assertThat(fresh.output()).isEqualTo(frame('B', "right"));
        }
    }

    @Test
    void theGreatestLengthIsWalkedThrough() {
        walk("A" + int32(Integer.MAX_VALUE) + "x");
        assertThat(walker.isInsideForwardedMessage()).isTrue();
        assertThat(recorder.output()).hasSize(6);
    }

    @Test
    void aClaimedLengthReservesLittle() {
        walk("a" + int32(1 << 30) + "x");
        assertThat(recorder.output()).isEmpty();
    }

    private void walk(String bytes) {
        walker.walk(buffer(bytes));
    }

    private ByteBuf buffer(String bytes) {
        ByteBuf buffer = ALLOCATOR.buffer().writeBytes(bytes.getBytes(StandardCharsets.ISO_8859_1));
        given.add(buffer);
        return buffer;
    }

    private static String frame(char type, String body) {
        return type + int32(body.length() + 4) + body;
    }

    private static String int32(int value) {
        return "" + (char) (value >>> 24) + (char) (value >>> 16 & 0xFF) + (char) (value >>> 8 & 0xFF)
                + (char) (value & 0xFF);
    }
}
