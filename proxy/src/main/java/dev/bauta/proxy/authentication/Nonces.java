package dev.bauta.proxy.authentication;

import java.security.SecureRandom;
import java.util.Base64;

/** Random strings that no two exchanges share. */
public final class Nonces {
    /** As PostgreSQL's, in bytes before they are encoded. */
    private static final int LENGTH = 18;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Nonces() {}

    /** A new one: printable, without a comma. */
    public static String next() {
        byte[] bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
