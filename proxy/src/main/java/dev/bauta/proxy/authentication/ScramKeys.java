package dev.bauta.proxy.authentication;

import java.util.Arrays;

/**
 * With what a client logs in without the password: a verifier, and the client's key that one login with it has shown. Immutable.
 *
 * @param verifier the server must have the same
 * @param clientKey whose hash is the verifier's stored key
 */
public record ScramKeys(ScramVerifier verifier, byte[] clientKey) implements ScramSecret {
    public ScramKeys {
        clientKey = clientKey.clone();
    }

    @Override
    public byte[] clientKey() {
        return clientKey.clone();
    }

    @Override
    public ScramKeys keys(byte[] salt, int iterations) throws ScramException {
        if (!Arrays.equals(salt, verifier.salt()) || iterations != verifier.iterations()) {
            throw new ScramException(
                    "28P01", "the server has another verifier of the user's password than Bauta; bring them in line");
        }
        return this;
    }

    /** None of it. */
    @Override
    public String toString() {
        return "ScramKeys[]";
    }
}
