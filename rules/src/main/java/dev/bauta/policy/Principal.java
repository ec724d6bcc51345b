package dev.bauta.policy;

/**
 * Whom a session belongs to. Immutable.
 *
 * @param user the database user that the server authenticated
 * @param database the database
 * @param origin where the session comes from
 */
public record Principal(String user, String database, ClientOrigin origin) {
    /** A principal in the application's own process. */
    public Principal(String user, String database) {
        this(user, database, ClientOrigin.LOCAL);
    }

    /** {@code user@database}. */
    @Override
    public String toString() {
        return user + "@" + database;
    }
}
