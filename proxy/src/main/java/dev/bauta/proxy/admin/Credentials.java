package dev.bauta.proxy.admin;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may use the endpoint. Immutable. */
final class Credentials {
    private static final String SCHEME = "Bearer ";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final byte @Nullable [] token;

    /** @param token null for whoever is on this machine */
    Credentials(@Nullable String token) {
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    }

    /** True when the request bears the token, compared in a time that does not depend on where it differs. */
    boolean admits(HttpExchange exchange) {
        if (token == null) {
            return true;
        }
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null
                && given.startsWith(SCHEME)
                && MessageDigest.isEqual(token, given.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * False for what a page of another site makes a browser send: its origin is not ours, or, where no token is asked for, its
     * author has given his own name an address of this machine.
     */
    boolean isFromHere(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        boolean sameOrigin = origin == null || origin.equals("http://" + host) || origin.equals("https://" + host);
        boolean loopback = host == null || LOOPBACK.contains(host.replaceFirst(":[0-9]+$", ""));
        return sameOrigin && (token != null || loopback);
    }

    /** Not the token. */
    @Override
    public String toString() {
        return "Credentials[" + (token == null ? "none" : "token") + "]";
    }
}
