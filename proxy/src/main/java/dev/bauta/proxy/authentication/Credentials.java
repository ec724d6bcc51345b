package dev.bauta.proxy.authentication;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;

/**
 * The verifiers of all users. Whoever asks for a user who is not there gets an invented verifier, always the same one, so that a
 * client cannot find out by trying who is there. Thread-safe.
 */
public final class Credentials {
    private static final int INVENTED_ITERATIONS = 4096;
    private static final int INVENTED_SALT = 16;

    private final Verifiers verifiers;
    private final byte[] secret = new byte[Hashes.LENGTH];

    /** @param verifiers where they are */
    public Credentials(Verifiers verifiers) {
        this.verifiers = verifiers;
        new SecureRandom().nextBytes(secret);
    }

    /** By what a user's login is checked. Does not block; completes exceptionally where verifiers cannot be had. */
    public CompletionStage<Credential> of(String user) {
        return verifiers
                .find(user)
                .thenApply(verifier ->
                        verifier == null ? new Credential(invented(user), false) : new Credential(verifier, true));
    }

    private ScramVerifier invented(String user) {
        byte[] salt = Arrays.copyOf(Hashes.hmac(secret, "salt of " + user), INVENTED_SALT);
        byte[] key = Hashes.hmac(secret, "key of " + user);
        return new ScramVerifier(INVENTED_ITERATIONS, salt, key, Hashes.h(key));
    }

    @Override
    public String toString() {
        return "Credentials[]";
    }
}
