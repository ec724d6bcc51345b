package dev.bauta.proxy.session;

import io.netty.buffer.ByteBuf;

/** There is no server yet. */
enum Unconnected implements ServerPhase {
    UNCONNECTED;

    @Override
    public Handling onFrame(byte type, int length) {
        throw ServerMessages.unexpected();
    }

    @Override
    public void onForward(ByteBuf bytes) {
        bytes.release();
        throw ServerMessages.unexpected();
    }

    @Override
    public void onCollected(byte type, ByteBuf frame) {
        frame.release();
        throw ServerMessages.unexpected();
    }

    @Override
    public boolean hasAnnouncedEnd() {
        return false;
    }
}
