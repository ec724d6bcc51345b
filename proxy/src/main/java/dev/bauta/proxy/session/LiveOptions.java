package dev.bauta.proxy.session;

/** What of a proxy's settings can change while it runs. Thread-safe. */
public final class LiveOptions {
    private volatile Limits limits;
    private volatile ClientAccess access;

    /**
     * @param limits what the proxy bears
     * @param access how clients may come in
     */
    public LiveOptions(Limits limits, ClientAccess access) {
        this.limits = limits;
        this.access = access;
    }

    /** What the proxy bears now. */
    public Limits limits() {
        return limits;
    }

    /** How clients may come in now. */
    public ClientAccess access() {
        return access;
    }

    /** From now on this holds, for connections that are opened and sessions that begin. */
    public void replace(Limits changedLimits, ClientAccess changedAccess) {
        limits = changedLimits;
        access = changedAccess;
    }
}
