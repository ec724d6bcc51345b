package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.ErrorResponse;

/** The event that ends every conversation when the proxy stops. */
public enum Shutdown {
    /** An administrator stops the proxy. */
    BY_ADMINISTRATOR;

    ErrorResponse toError() {
        return ErrorResponse.fatal("57P01", "terminating connection because Bauta is shutting down");
    }
}
