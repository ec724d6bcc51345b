package dev.bauta.proxy.authentication;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The password of an account of the proxy's own. Immutable.
 *
 * @param value printable ASCII, of which RFC 4013 (SASLprep) changes nothing
 */
public record ServicePassword(String value) implements ScramSecret {
    private static final int BITS = 256;

    public ServicePassword {
        if (!isUsable(value)) {
            throw new IllegalArgumentException("a password must be printable ASCII, and not be empty");
        }
    }

    /** True for what can be a password here. */
    public static boolean isUsable(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    @Override
    public ScramKeys keys(byte[] salt, int iterations) throws ScramException {
        byte[] salted = salted(salt, iterations);
        byte[] clientKey = Hashes.hmac(salted, "Client Key");
        ScramVerifier verifier =
                new ScramVerifier(iterations, salt, Hashes.h(clientKey), Hashes.hmac(salted, "Server Key"));
        return new ScramKeys(verifier, clientKey);
    }

    private byte[] salted(byte[] salt, int iterations) throws ScramException {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(value.toCharArray(), salt, iterations, BITS))
                    .getEncoded();
        } catch (IllegalArgumentException e) {
            throw ScramException.malformed();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a Java platform without PBKDF2", e);
        }
    }

    /** None of it. */
    @Override
    public String toString() {
        return "ServicePassword[]";
    }
}
