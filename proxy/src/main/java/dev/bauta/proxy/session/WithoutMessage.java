package dev.bauta.proxy.session;

/** Where a failure happened, for the log, without its message, which could hold the text of a statement. */
final class WithoutMessage extends Exception {
    private static final long serialVersionUID = 1L;

    private WithoutMessage(String type) {
        super(type);
    }

    static WithoutMessage of(Throwable failure) {
        WithoutMessage bare = new WithoutMessage(failure.getClass().getName());
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }
}
