package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.ProtocolViolation;

/** What every phase demands of the server's messages. */
final class ServerMessages {
    /** The greatest length of a message that must be whole before it goes on, in bytes; rows are no such messages. */
    private static final int MAX_COLLECTED = 64 * 1024 * 1024;

    private ServerMessages() {}

    static void requireCollectable(int length) {
        if (length > MAX_COLLECTED) {
            throw new ProtocolViolation("message from server is too long");
        }
    }

    static BackendType requireKnown(byte type) {
        BackendType known = BackendType.find(type);
        if (known == null) {
            throw unexpected();
        }
        return known;
    }

    static ProtocolViolation unexpected() {
        return new ProtocolViolation("unexpected message from server");
    }
}
