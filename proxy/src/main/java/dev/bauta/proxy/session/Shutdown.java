package dev.bauta.proxy.session;

/** The event that ends every conversation when the proxy stops. */
public enum Shutdown {
    /** As soon as nothing is asked for and no transaction is open. */
    WHEN_IDLE,
    /** At once. */
    NOW
}
