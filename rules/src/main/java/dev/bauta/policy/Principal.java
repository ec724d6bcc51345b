package dev.bauta.policy;

/**
 * Whom a session belongs to. Immutable.
 *
 * @param user the database user that the server authenticated
 * @param database the database
 */
public record Principal(String user, String database) {}
