package dev.bauta.proxy.serving;

import dev.bauta.proxy.postgres.Endpoint;
import java.io.IOException;
import java.net.BindException;

/** The address where the endpoint for administrators is to listen cannot be had. */
public final class AdminAddressException extends BindException {
    private static final long serialVersionUID = 1L;

    private final transient Endpoint endpoint;

    AdminAddressException(Endpoint endpoint, IOException cause) {
        super(cause.getMessage());
        initCause(cause);
        this.endpoint = endpoint;
    }

    /** The address. */
    public Endpoint endpoint() {
        return endpoint;
    }
}
