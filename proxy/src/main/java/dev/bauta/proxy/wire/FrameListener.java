package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;

/** Decides for each message of a stream what becomes of it, and receives it. Event loop only. */
public interface FrameListener {
    /** What becomes of a message. */
    enum Handling {
        /** Its bytes go on as they come, together with those of its neighbours. */
        FORWARD,
        /** It is kept until it is whole. */
        COLLECT,
        /** Its bytes are thrown away as they come. */
        DROP
    }

    /**
     * A message begins.
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
     * A message is about to be thrown away; what came before it has gone on.
     *
     * @param type its type byte
     */
    default void onDropped(byte type) {}

    /**
     * A collected message is whole.
     *
     * @param type its type byte
     * @param frame the message from its type byte on; owned by the listener
     */
    void onCollected(byte type, ByteBuf frame);
}
