package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;

/** Decides for each message of a stream what becomes of it, and receives it. Event loop only. */
public interface FrameListener {
    /** What becomes of a message. */
    enum Handling {
        /** Its bytes go on as they come, together with those of its neighbours. */
        FORWARD,
        /** It is kept until it is whole; then it goes on with its neighbours, or is taken out. */
        COLLECT,
        /** Its first bytes are kept until {@link #onBeginning} has seen them, which says what becomes of it. What came before goes on. */
        PEEK,
        /** Its bytes are thrown away as they come. */
        DROP
    }

    /**
     * A message is about to be begun, or to be handed over whole after it was kept. The listener may pause the walker; the message then
     * waits, and this is asked again. What came before has not gone on yet, so the listener writes nothing in the stream's direction.
     *
     * @param type its type byte
     */
    default void onNext(byte type) {}

    /**
     * A message begins. What came before it has gone on if it is longer than 64 KB; else the listener writes nothing in the stream's
     * direction, unless it has taken out the message before.
     *
     * @param type its type byte
     * @param length its length field: bytes, the field itself included, the type byte not; at least 4
     * @throws ProtocolViolation when the stream cannot go on
     */
    Handling onFrame(byte type, int length);

    /**
     * Bytes of one or more messages that go on as they are: in order, but not cut at message boundaries.
     *
     * @param bytes owned by the listener
     */
    void onForward(ByteBuf bytes);

    /**
     * A message that is too long to be kept has begun, see {@link Handling#PEEK}.
     *
     * @param type its type byte
     * @param beginning from its type byte on, {@link FrameWalker#PEEKED} bytes or the whole message, for as long as the call lasts
     * @return {@link Handling#FORWARD} or {@link Handling#DROP}
     */
    default Handling onBeginning(byte type, ByteBuf beginning) {
        throw new IllegalStateException("no beginning was asked for");
    }

    /**
     * A message is about to be thrown away; what came before it has gone on.
     *
     * @param type its type byte
     */
    default void onDropped(byte type) {}

    /**
     * A collected message is whole: may it go on as it is? What came before it has not gone on yet, so the listener writes nothing
     * in the stream's direction.
     *
     * @param type its type byte
     * @param frame the message from its type byte on, for as long as the call lasts
     * @return true when it goes on by {@link #onForward} with its neighbours; false when it is taken out, to {@link #onCollected}
     */
    default boolean passes(byte type, ByteBuf frame) {
        return false;
    }

    /**
     * A collected message is whole and taken out.
     *
     * @param type its type byte
     * @param frame the message from its type byte on; owned by the listener
     */
    void onCollected(byte type, ByteBuf frame);
}
