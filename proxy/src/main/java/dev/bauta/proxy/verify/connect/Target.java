package dev.bauta.proxy.verify.connect;

import dev.bauta.proxy.postgres.PostgresServers;

/**
 * The database to verify. Immutable.
 *
 * @param server the PostgreSQL server
 * @param database the database
 * @param owner a user who reads the catalogs, makes the scratch schema, and where the masked user's password is not known
 *     acts for that user
 */
public record Target(PostgresServers server, String database, Login owner) {
    @Override
    public String toString() {
        return "database " + database + " as " + owner.user() + "@" + server;
    }
}
