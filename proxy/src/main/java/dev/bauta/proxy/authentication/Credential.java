package dev.bauta.proxy.authentication;

/**
 * By what a user's login is checked. Immutable.
 *
 * @param verifier the user's, or an invented one
 * @param known false when it is invented, and no login is let in
 */
public record Credential(ScramVerifier verifier, boolean known) {}
