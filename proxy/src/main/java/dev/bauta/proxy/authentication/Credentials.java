package dev.bauta.proxy.authentication;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;

/**
 * The verifiers of all users. Whoever asks for a user who is not there gets an invented verifier, always the same one, so that a
 * client cannot find out by trying who is there. Thread-safe.
 *
 * <p>Invented salts are told to everybody, so that what they are made from can be tried out against them: it must be random of its own, and
 * not be derived from a password or from verifiers.
 */
public final class Credentials {
    private static final int INVENTED_ITERATIONS = 4096;
    private static final int INVENTED_SALT = 16;

    private final Verifiers verifiers;
    private final byte[] secret;

    /** @param verifiers where they are; another object invents other salts */
    public Credentials(Verifiers verifiers) {
        this(verifiers, random());
    }

    /**
     * With invented salts that are the same wherever the secret is.
     *
     * @param saltSecret what they are made from: random, and used for nothing else
     */
    public Credentials(Verifiers verifiers, String saltSecret) {
        this(verifiers, saltSecret.getBytes(StandardCharsets.UTF_8));
    }

    private Credentials(Verifiers verifiers, byte[] secret) {
        this.verifiers = verifiers;
        this.secret = secret;
    }

    private static byte[] random() {
        byte[] secret = new byte[Hashes.LENGTH];
        new SecureRandom().nextBytes(secret);
        return secret;
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
