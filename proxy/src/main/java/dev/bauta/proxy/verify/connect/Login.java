package dev.bauta.proxy.verify.connect;

import dev.bauta.proxy.serving.Secret;

/**
 * A database user and the password. Immutable; shows no password.
 *
 * @param user the user
 * @param password the password, empty where the server asks for none
 */
public record Login(String user, Secret password) {}
