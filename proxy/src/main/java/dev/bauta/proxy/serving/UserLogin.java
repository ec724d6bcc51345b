package dev.bauta.proxy.serving;

import dev.bauta.proxy.postgres.VerifierQuery.Settings;
import dev.bauta.proxy.session.Authentication.Account;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How users log in. Immutable.
 *
 * @param method who authenticates them
 * @param userFile where verifiers are, with {@link Method#SCRAM}; null where they are asked for
 * @param query how they are asked for, with {@link Method#SCRAM}; null where they are in a file
 * @param saltSecret what salts of users who are not there are made from, with {@link Method#SCRAM}; null for one of each start's own
 * @param account as whom the proxy logs in to the server; null for the user
 */
public record UserLogin(
        Method method,
        @Nullable Path userFile,
        @Nullable Settings query,
        @Nullable Secret saltSecret,
        @Nullable Account account) {
    /** Who authenticates users. */
    public enum Method {
        /** The server, through the proxy. */
        RELAY,
        /** The proxy, by SCRAM-SHA-256. */
        SCRAM,
        /** The proxy, by a certificate that the client shows. */
        CERTIFICATE
    }

    /** The server authenticates. */
    public static final UserLogin RELAYED = new UserLogin(Method.RELAY, null, null, null, null);

    public UserLogin {
        if (method == Method.SCRAM && (userFile == null) == (query == null)) {
            throw new IllegalArgumentException("verifiers come from a file or from a query");
        }
    }
}
