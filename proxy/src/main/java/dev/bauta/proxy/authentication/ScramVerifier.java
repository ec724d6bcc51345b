package dev.bauta.proxy.authentication;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server keeps of a user's password to check logins by SCRAM-SHA-256. Immutable.
 *
 * @param iterations how often the password was hashed, more than 0
 * @param salt what it was hashed with
 * @param storedKey checks the client's proof
 * @param serverKey proves to the client that the server has the verifier
 */
public record ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
    /** As PostgreSQL has it in {@code pg_authid.rolpassword}. */
    private static final Pattern FORM = Pattern.compile(
            "SCRAM-SHA-256\\$([1-9][0-9]{0,8}):([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)");

    public ScramVerifier {
        salt = salt.clone();
        storedKey = storedKey.clone();
        serverKey = serverKey.clone();
    }

    /** The verifier in PostgreSQL's text form; empty when the text is none. */
    public static Optional<ScramVerifier> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            byte[] storedKey = decoder.decode(form.group(3));
            byte[] serverKey = decoder.decode(form.group(4));
            return storedKey.length != Hashes.LENGTH || serverKey.length != Hashes.LENGTH
                    ? Optional.empty()
                    : Optional.of(new ScramVerifier(
                            Integer.parseInt(form.group(1)), decoder.decode(form.group(2)), storedKey, serverKey));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public byte[] salt() {
        return salt.clone();
    }

    @Override
    public byte[] storedKey() {
        return storedKey.clone();
    }

    @Override
    public byte[] serverKey() {
        return serverKey.clone();
    }

    /** None of it: whoever has the keys can log in, or guess the password. */
    @Override
    public String toString() {
        return "ScramVerifier[]";
    }
}
