package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.FrameListener;

/**
 * What becomes of the client's messages, by how far the session has come.
 *
 * <pre>
 *   PasswordRelay ──┬──→ MaskedRequests
 *   ScramLogin ─────┴──→ RawRequests
 * </pre>
 *
 * What comes before is the {@link Greeting}: those messages have no type byte.
 */
sealed interface ClientPhase extends FrameListener permits PasswordRelay, ScramLogin, MaskedRequests, RawRequests {}
