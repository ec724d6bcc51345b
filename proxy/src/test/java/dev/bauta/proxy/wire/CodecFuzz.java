package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whatever bytes come, the codec reads them or says that they are malformed: it neither fails otherwise, nor loses or changes what goes on, nor
 * keeps buffers. Jazzer calls it in the Maven profile {@code faults}, and {@link CodecFuzzTest} in each build.
 */
public final class CodecFuzz {
    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(false, true);

    private CodecFuzz() {}

    /**
     * The method's name is the one that Jazzer looks for.
     *
     * @param input which side sends, how the stream is cut, how messages are handled, and the stream
     */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 3) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(input, 3, input.length);
        int cut = 1 + (input[1] & 0xFF);
        switch (input[0] & 3) {
            case 0 -> readInitialMessages(stream);
            case 1 -> walk(stream, cut, input[2], CodecFuzz::readFrontend);
            default -> walk(stream, cut, input[2], CodecFuzz::readBackend);
        }
    }

    private static void readInitialMessages(byte[] stream) {
        ByteBuf in = Unpooled.wrappedBuffer(stream);
        try {
            Optional<InitialMessage> message = InitialMessage.decode(in);
            while (message.isPresent()) {
                message = InitialMessage.decode(in);
            }
        } catch (ProtocolViolation e) {
            // The connection ends.
        }
    }

    private interface Reader {
        void read(byte type, ByteBuf frame);
    }

    private static void walk(byte[] stream, int cut, int handling, Reader reader) {
        Listener listener = new Listener(handling, reader);
        try (FrameWalker walker = new FrameWalker(ALLOCATOR, listener)) {
            for (int from = 0; from < stream.length; from += cut) {
                walker.walk(ALLOCATOR.buffer().writeBytes(stream, from, Math.min(cut, stream.length - from)));
            }
        } catch (ProtocolViolation e) {
            // The connection ends.
        }
        byte[] out = listener.out.toByteArray();
        require(
                !listener.dropped && !Arrays.equals(out, Arrays.copyOf(stream, out.length)),
                "what goes on is not what came");
        require(ALLOCATOR.metric().usedHeapMemory() + ALLOCATOR.metric().usedDirectMemory() != 0, "a buffer is kept");
    }

    private static void require(boolean broken, String what) {
        if (broken) {
            throw new IllegalStateException(what);
        }
    }

    /** Handles messages in turn as the bits of a byte say. */
    private static final class Listener implements FrameListener {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final Reader reader;
        private int handling;
        private boolean dropped;

        Listener(int handling, Reader reader) {
            this.handling = handling;
            this.reader = reader;
        }

        @Override
        public Handling onFrame(byte type, int length) {
            handling = Integer.rotateRight(handling, 2);
            dropped |= (handling & 3) == 3;
            return switch (handling & 3) {
                case 0 -> Handling.FORWARD;
                case 3 -> Handling.DROP;
                default -> Handling.COLLECT;
            };
        }

        @Override
        public boolean passes(byte type, ByteBuf frame) {
            int from = frame.readerIndex();
            int to = frame.writerIndex();
            reader.read(type, frame);
            frame.setIndex(from, to);
            return (handling & 3) == 1;
        }

        @Override
        public void onForward(ByteBuf bytes) {
            write(bytes);
        }

        @Override
        public void onCollected(byte type, ByteBuf frame) {
            write(frame);
        }

        private void write(ByteBuf bytes) {
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy);
            out.writeBytes(copy);
            bytes.release();
        }
    }

    private static void readFrontend(byte code, ByteBuf frame) {
        FrontendType type = FrontendType.find(code);
        if (type == null) {
            return;
        }
        try {
            switch (type) {
                case QUERY -> Query.decode(frame).encode(ALLOCATOR).release();
                case PARSE -> Parse.decode(frame).encode(ALLOCATOR).release();
                case BIND -> Bind.decode(frame, new KnownNames());
                case EXECUTE -> Execute.decode(frame);
                case DESCRIBE, CLOSE ->
                    Target.decode(frame).encodeClose(ALLOCATOR).release();
                case PASSWORD -> SaslInitialResponse.decode(frame);
                default -> {}
            }
        } catch (MalformedMessage e) {
            e.toErrorResponse().encode(ALLOCATOR, BackendType.ERROR_RESPONSE).release();
        }
    }

    private static void readBackend(byte code, ByteBuf frame) {
        BackendType type = BackendType.find(code);
        if (type == null) {
            return;
        }
        switch (type) {
            case ROW_DESCRIPTION -> {
                RowDescription.decode(frame.duplicate());
                RowDescription.decodeFields(frame);
            }
            case ERROR_RESPONSE, NOTICE_RESPONSE ->
                ErrorResponse.decode(frame).encode(ALLOCATOR, type).release();
            case COMMAND_COMPLETE -> CommandComplete.decode(frame).mayChangeCatalog(false);
            case COPY_OUT_RESPONSE -> CopyOutResponse.decode(frame);
            case DATA_ROW -> DataRow.decodeSingleText(frame);
            case PARAMETER_STATUS -> ParameterStatus.decode(frame);
            case READY_FOR_QUERY -> ReadyForQuery.decode(frame);
            case BACKEND_KEY_DATA -> CancelKey.decodeBackendKeyData(frame);
            case NEGOTIATE_PROTOCOL_VERSION -> NegotiateProtocolVersion.decode(frame);
            default -> {}
        }
    }
}
