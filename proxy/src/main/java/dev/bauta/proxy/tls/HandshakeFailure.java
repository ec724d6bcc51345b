package dev.bauta.proxy.tls;

import dev.bauta.text.Shown;
import io.netty.handler.ssl.NotSslRecordException;

/** Why two sides could not agree on keys. */
public final class HandshakeFailure {
    private HandshakeFailure() {}

    /** The reason on one line, for the log: without what the peer has sent, which Netty quotes where it is no TLS record. */
    public static String reason(Throwable failure) {
        return failure instanceof NotSslRecordException
                ? "what came is not TLS"
                : Shown.oneLine(String.valueOf(failure.getMessage()));
    }
}
