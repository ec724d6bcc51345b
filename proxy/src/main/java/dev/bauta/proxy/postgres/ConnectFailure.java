package dev.bauta.proxy.postgres;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;

/** Words for a connection that PostgreSQL JDBC could not open. */
public final class ConnectFailure {
    private ConnectFailure() {}

    /**
     * What the driver says, in one line, and why where it leaves that out: a name that no address belongs to, a socket that is not there.
     * Hosts, users and databases stand in it, and no password.
     */
    public static String reason(SQLException failure) {
        String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        if (!(failure.getCause() instanceof IOException cause) || cause instanceof ConnectException) {
            return said;
        }
        String why = cause.getMessage() == null
                ? ""
                : cause.getMessage().lines().findFirst().orElse("");
        if (cause instanceof UnknownHostException) {
            return said + " Unknown host: " + why;
        }
        return said.contains(why) ? said : said + " " + why;
    }
}
