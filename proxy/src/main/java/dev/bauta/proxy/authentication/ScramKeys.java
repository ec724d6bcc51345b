package dev.bauta.proxy.authentication;

/**
 * With what a client logs in without the password: a verifier, and the client's key that one login with it has shown. Immutable.
 *
 * @param verifier the server must have the same
 * @param clientKey whose hash is the verifier's stored key
 */
public record ScramKeys(ScramVerifier verifier, byte[] clientKey) {
    public ScramKeys {
        clientKey = clientKey.clone();
    }

    @Override
    public byte[] clientKey() {
        return clientKey.clone();
    }

    /** None of it. */
    @Override
    public String toString() {
        return "ScramKeys[]";
    }
}
