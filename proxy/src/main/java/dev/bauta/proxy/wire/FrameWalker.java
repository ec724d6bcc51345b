package dev.bauta.proxy.wire;

import dev.bauta.proxy.wire.FrameListener.Handling;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Walks a byte stream from message header to message header. Event loop only.
 *
 * <pre>
 *   buffer 1           buffer 2                  what the listener receives
 *   |D....|D...........|......|C....|T.....|Z..  onForward(D D...), onForward(...), onCollected(T), onForward(Z..)
 * </pre>
 *
 * A message that is forwarded is never kept: its bytes go on in the buffers they came in or in slices of these, one for a whole
 * run of messages, however large one is. Only a split header and a message to be collected are copied.
 */
public final class FrameWalker implements AutoCloseable {
    private static final int LENGTH_FIELD = 4;
    private static final int HEADER = 1 + LENGTH_FIELD;
    /** A message to be collected does not get its whole length reserved before it has come. */
    private static final int MAX_RESERVED = 65_536;

    /** So much of a message is shown to {@link FrameListener#onBeginning}, in bytes. */
    public static final int PEEKED = 16_384;

    /** What comes before a longer message has gone on before that begins. */
    private static final int LONGEST_IN_RUN = 65_536;

    private final ByteBufAllocator allocator;
    private final ArrayDeque<ByteBuf> backlog = new ArrayDeque<>(4);
    private FrameListener listener;
    private @Nullable ByteBuf partial;
    private int partialSize;
    /** What becomes of what is held once it is all there; null while its header is not. */
    private @Nullable Handling held;

    private int bodyLeft;
    private boolean dropping;
    private boolean paused;
    private boolean walking;
    private boolean closed;

    public FrameWalker(ByteBufAllocator allocator, FrameListener listener) {
        this.allocator = allocator;
        this.listener = listener;
    }

    /** From the next message on another listener decides. */
    public void setListener(FrameListener listener) {
        this.listener = listener;
    }

    /**
     * Walks over what came in.
     *
     * @param in owned by the walker
     */
    public void walk(ByteBuf in) {
        if (closed) {
            in.release();
            return;
        }
        backlog.add(in);
        drain();
    }

    /** Stops before the next message; what comes in meanwhile is kept. */
    public void pause() {
        paused = true;
    }

    /** Goes on where {@link #pause} stopped. */
    public void resume() {
        paused = false;
        drain();
    }

    /** True between {@link #pause} and {@link #resume}. */
    public boolean isPaused() {
        return paused;
    }

    /** True while a message is forwarded in part, so that nothing else may be written in between. */
    public boolean isInsideForwardedMessage() {
        return bodyLeft > 0 && !dropping;
    }

    /** True when all that came in was walked over, to the end of a message; not while that goes on. */
    public boolean isBetweenMessages() {
        return !paused && !walking && bodyLeft == 0 && partial == null && backlog.isEmpty();
    }

    /** Releases what is held; nothing is walked any more. */
    @Override
    public void close() {
        closed = true;
        if (!walking) {
            releaseAll();
        }
    }

    private void releaseAll() {
        backlog.forEach(ByteBuf::release);
        backlog.clear();
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    private void drain() {
        if (walking) {
            return;
        }
        walking = true;
        try {
            while (!isHalted() && !backlog.isEmpty()) {
                walkFirst(backlog.element());
            }
        } finally {
            walking = false;
            if (closed) {
                releaseAll();
            }
        }
    }

    private boolean isHalted() {
        return closed || paused && bodyLeft == 0;
    }

    private void walkFirst(ByteBuf in) {
        while (partial != null && in.isReadable() && !isHalted()) {
            fillPartial(in, partial);
        }
        int end = partial == null ? walkFrames(in) : in.readerIndex();
        if (end < in.writerIndex()) {
            forward(in, end);
        } else {
            forwardRest(backlog.remove());
        }
    }

    /** From the reader index to {@code at} lies the run of bytes to be forwarded. Returns where it ends. */
    private int walkFrames(ByteBuf in) {
        int at = in.readerIndex();
        while (!isHalted()) {
            at = passBody(in, at);
            int left = in.writerIndex() - at;
            if (left == 0 || isHalted()) {
                break;
            }
            if (left < HEADER) {
                forward(in, at);
                hold(in, HEADER, null);
                return in.readerIndex();
            }
            listener.onNext(in.getByte(at));
            if (isHalted()) {
                break;
            }
            at = beginFrameAfterRun(in, at);
        }
        return at;
    }

    private int passBody(ByteBuf in, int at) {
        int passed = Math.min(bodyLeft, in.writerIndex() - at);
        bodyLeft -= passed;
        if (dropping) {
            in.skipBytes(passed);
            dropping = bodyLeft > 0;
        }
        return at + passed;
    }

    /** What came before a violation is still a right message, and goes on. */
    private int beginFrameAfterRun(ByteBuf in, int at) {
        try {
            return beginFrame(in, at);
        } catch (ProtocolViolation e) {
            forward(in, at);
            throw e;
        }
    }

    private int beginFrame(ByteBuf in, int at) {
        byte type = in.getByte(at);
        int length = requireLength(in.getInt(at + 1));
        if (length > LONGEST_IN_RUN) {
            forward(in, at);
        }
        switch (listener.onFrame(type, length)) {
            case FORWARD -> {
                bodyLeft = length - LENGTH_FIELD;
                return at + HEADER;
            }
            case DROP -> {
                forward(in, at);
                in.skipBytes(HEADER);
                drop(type, length - LENGTH_FIELD);
            }
            case COLLECT -> {
                int size = wholeSize(length);
                if (size <= in.writerIndex() - at && passes(in, at, at + size)) {
                    return at + size;
                }
                forward(in, at);
                collect(in, type, size);
            }
            case PEEK -> {
                forward(in, at);
                return peek(in, type, length);
            }
        }
        return in.readerIndex();
    }

    private int peek(ByteBuf in, byte type, int length) {
        int size = peekedSize(length);
        if (in.readableBytes() < size) {
            hold(in, size, Handling.PEEK);
        } else if (goesOn(type, in.slice(in.readerIndex(), size))) {
            bodyLeft = length - LENGTH_FIELD;
            return in.readerIndex() + HEADER;
        } else {
            in.skipBytes(HEADER);
            drop(type, length - LENGTH_FIELD);
        }
        return in.readerIndex();
    }

    private boolean goesOn(byte type, ByteBuf beginning) {
        return switch (listener.onBeginning(type, beginning)) {
            case FORWARD -> true;
            case DROP -> false;
            case COLLECT, PEEK -> throw new IllegalStateException("a message that is not kept");
        };
    }

    /** Shows a message to the listener where it lies. */
    private boolean passes(ByteBuf in, int from, int to) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        in.setIndex(from, to);
        try {
            return listener.passes(in.getByte(from), in);
        } finally {
            in.setIndex(start, end);
        }
    }

    private void collect(ByteBuf in, byte type, int size) {
        if (in.readableBytes() >= size) {
            listener.onCollected(type, in.readRetainedSlice(size));
        } else {
            hold(in, size, Handling.COLLECT);
        }
    }

    private void hold(ByteBuf in, int size, @Nullable Handling handling) {
        ByteBuf kept = allocator.buffer(Math.min(size, MAX_RESERVED));
        kept.writeBytes(in);
        partial = kept;
        partialSize = size;
        held = handling;
    }

    private void fillPartial(ByteBuf in, ByteBuf kept) {
        int missing = partialSize - kept.readableBytes();
        if (in.readableBytes() < missing) {
            kept.writeBytes(in);
            return;
        }
        listener.onNext(kept.getByte(0));
        if (isHalted()) {
            return;
        }
        kept.writeBytes(in, missing);
        completeHeld(kept);
    }

    private void completeHeld(ByteBuf kept) {
        if (held == null) {
            beginHeldFrame(kept);
        } else if (held == Handling.COLLECT) {
            deliver(kept);
        } else {
            decideHeld(kept);
        }
    }

    private void beginHeldFrame(ByteBuf header) {
        int length = requireLength(header.getInt(1));
        switch (listener.onFrame(header.getByte(0), length)) {
            case FORWARD -> {
                bodyLeft = length - LENGTH_FIELD;
                partial = null;
                listener.onForward(header);
            }
            case DROP -> {
                byte type = header.getByte(0);
                partial = null;
                header.release();
                drop(type, length - LENGTH_FIELD);
            }
            case COLLECT -> holdMore(header, wholeSize(length), Handling.COLLECT);
            case PEEK -> holdMore(header, peekedSize(length), Handling.PEEK);
        }
    }

    private void holdMore(ByteBuf header, int size, Handling handling) {
        held = handling;
        partialSize = size;
        if (size == HEADER) {
            completeHeld(header);
        }
    }

    /** The beginning is the walker's own until the listener has looked at it, which may fail. */
    private void decideHeld(ByteBuf beginning) {
        byte type = beginning.getByte(0);
        int rest = beginning.getInt(1) + 1 - beginning.readableBytes();
        boolean goesOn = goesOn(type, beginning);
        partial = null;
        if (goesOn) {
            bodyLeft = rest;
            listener.onForward(beginning);
        } else {
            beginning.release();
            drop(type, rest);
        }
    }

    /** The message is the walker's own until the listener has looked at it, which may fail. */
    private void deliver(ByteBuf frame) {
        boolean goesOn = passes(frame, 0, frame.writerIndex());
        partial = null;
        if (goesOn) {
            listener.onForward(frame);
        } else {
            listener.onCollected(frame.getByte(0), frame);
        }
    }

    private void drop(byte type, int rest) {
        bodyLeft = rest;
        dropping = bodyLeft > 0;
        listener.onDropped(type);
    }

    private void forward(ByteBuf in, int end) {
        int run = end - in.readerIndex();
        if (run > 0) {
            listener.onForward(in.readRetainedSlice(run));
        }
    }

    /** The buffer itself goes on, which costs less than a slice of it. */
    private void forwardRest(ByteBuf in) {
        if (in.isReadable()) {
            listener.onForward(in);
        } else {
            in.release();
        }
    }

    /** With the type byte. */
    private static int wholeSize(int length) {
        if (length == Integer.MAX_VALUE) {
            throw new ProtocolViolation("invalid message length");
        }
        return length + 1;
    }

    private static int peekedSize(int length) {
        return Math.min(wholeSize(length), PEEKED);
    }

    private static int requireLength(int length) {
        if (length < LENGTH_FIELD) {
            throw new ProtocolViolation("invalid message length");
        }
        return length;
    }
}
