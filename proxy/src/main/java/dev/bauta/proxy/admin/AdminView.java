package dev.bauta.proxy.admin;

import java.util.List;

/** What the endpoint shows and does. Thread-safe; may block. */
public interface AdminView {
    /**
     * Whether clients can be served.
     *
     * @param rules true when rules are in force
     * @param catalogs true when the catalogs of all databases are known
     * @param server true when the PostgreSQL server answered when it was asked last
     * @param audit true when records can be written, or none are asked for
     * @param accepting false once the proxy is told to end
     */
    record Readiness(boolean rules, boolean catalogs, boolean server, boolean audit, boolean accepting) {
        /** True when nothing is missing. */
        public boolean isReady() {
            return rules && catalogs && server && audit && accepting;
        }
    }

    /** Whether clients can be served. */
    Readiness readiness();

    /** The meters, in Prometheus' text format. */
    String metrics();

    /** State, rules in force and the last reload, as JSON. */
    String status();

    /** The open sessions, as JSON. */
    String sessions();

    /** The statements that were run last, as JSON. */
    String statements();

    /** What is masked by which rule, as JSON. */
    String rules();

    /** Ends a session. @return false when there is none of that id */
    boolean endSession(String id);

    /** Reads rules, certificates and configuration now. @return their problems; none when what they hold is in force */
    List<String> reload();
}
