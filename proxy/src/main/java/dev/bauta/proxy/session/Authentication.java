package dev.bauta.proxy.session;

import dev.bauta.proxy.authentication.Credentials;
import dev.bauta.proxy.authentication.ServicePassword;
import org.jspecify.annotations.Nullable;

/** Who authenticates users, and as whom the proxy then logs in to the server. */
public sealed interface Authentication {
    /** The server does, through the proxy. */
    enum Relay implements Authentication {
        RELAY
    }

    /**
     * The proxy does, by SCRAM-SHA-256.
     *
     * @param credentials by what
     * @param account as whom it logs in to the server; null for the user, with the keys that the user's login has shown
     */
    record Scram(Credentials credentials, @Nullable Account account) implements Authentication {}

    /**
     * The proxy does, by the common name in a certificate that the client shows and that was verified.
     *
     * @param account as whom it logs in to the server; null for the user, whom the server must let in without a password
     */
    record Certificate(@Nullable Account account) implements Authentication {}

    /**
     * An account of the proxy's own at the server. Immutable.
     *
     * @param user the database user
     * @param password that user's
     */
    record Account(String user, ServicePassword password) {}
}
