package dev.bauta.proxy.catalog;

import dev.bauta.proxy.postgres.ConnectFailure;
import java.sql.SQLException;

/** The catalogs of a database cannot be read. The message is one line, for whoever runs the proxy. */
public final class CatalogUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    CatalogUnavailableException(CatalogSource source, String database, Throwable cause) {
        super("cannot read the catalogs of database " + database + " as " + source + ": " + reason(cause), cause);
    }

    /** The first line of what the driver says, which a pool wraps. */
    private static String reason(Throwable failure) {
        Throwable driver = failure;
        while (!(driver instanceof SQLException) && driver.getCause() != null) {
            driver = driver.getCause();
        }
        return driver instanceof SQLException refused
                ? ConnectFailure.reason(refused)
                : String.valueOf(driver.getMessage()).lines().findFirst().orElse("");
    }
}
