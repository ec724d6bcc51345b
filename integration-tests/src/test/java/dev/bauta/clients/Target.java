package dev.bauta.clients;

import java.util.Map;

/**
 * What a program connects to.
 *
 * @param host the server's or the proxy's
 * @param port its port
 * @param user the database user, whose password is the same
 * @param database the database
 * @param url the JDBC URL
 */
record Target(String host, int port, String user, String database, String url) {
    /** The PostgreSQL driver's way to a port of this machine. */
    static Target local(int port, String user, String database) {
        return new Target("127.0.0.1", port, user, database, "jdbc:postgresql://127.0.0.1:" + port + "/" + database);
    }

    Map<String, String> environment() {
        return Map.of(
                "PGHOST",
                host,
                "PGPORT",
                Integer.toString(port),
                "PGUSER",
                user,
                "PGPASSWORD",
                user,
                "PGDATABASE",
                database);
    }
}
