package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.FrameListener;

/**
 * What becomes of the server's messages, by how far the session has come.
 *
 * <pre>
 *   AuthenticationRelay ──→ SettingsRelay ──→ SearchPathQuery ──→ MaskedResponses
 *   ServerLogin ────────┘                └──→ RawResponses
 * </pre>
 */
sealed interface ServerPhase extends FrameListener
        permits Unconnected,
                AuthenticationRelay,
                ServerLogin,
                SettingsRelay,
                SearchPathQuery,
                MaskedResponses,
                RawResponses {
    /** True when the last message told the client that the session ends, so that nobody needs to tell it again. */
    boolean hasAnnouncedEnd();

    /** True when the server has nothing to do, and nothing is with it that waits for a later message. */
    default boolean isSettled() {
        return false;
    }
}
