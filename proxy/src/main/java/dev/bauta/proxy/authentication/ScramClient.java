package dev.bauta.proxy.authentication;

import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The client's side of one SCRAM-SHA-256 exchange, by keys or a password. Not thread-safe. */
public final class ScramClient {
    /** At most some millions: a second of work. */
    private static final Pattern ITERATIONS = Pattern.compile("[1-9][0-9]{0,6}");

    private static final String HEADER = "n,,";
    /** {@link #HEADER} in base64. */
    private static final String ENCODED_HEADER = "biws";

    private final ScramSecret secret;
    private final String ownNonce;
    private String authMessage = "";
    private @Nullable ScramKeys keys;

    /** @param ownNonce random, printable, without a comma */
    public ScramClient(ScramSecret secret, String ownNonce) {
        this.secret = secret;
        this.ownNonce = ownNonce;
    }

    /** The client's first message. */
    public String firstMessage() {
        return HEADER + bare();
    }

    private String bare() {
        return "n=,r=" + ownNonce;
    }

    /**
     * Takes the server's first message.
     *
     * @return the client's final message
     */
    public String onFirst(String message) throws ScramException {
        ScramMessage attributes = new ScramMessage(message);
        String nonce = attributes.requireNonce();
        byte[] salt = attributes.requireBytes('s');
        int iterations = toIterations(attributes.require('i'));
        if (!nonce.startsWith(ownNonce) || nonce.length() == ownNonce.length()) {
            throw ScramException.malformed();
        }
        ScramKeys used = secret.keys(salt, iterations);
        keys = used;
        String withoutProof = "c=" + ENCODED_HEADER + ",r=" + nonce;
        authMessage = bare() + "," + message + "," + withoutProof;
        byte[] proof = Hashes.xor(used.clientKey(), Hashes.hmac(used.verifier().storedKey(), authMessage));
        return withoutProof + ",p=" + ScramMessage.base64(proof);
    }

    /** A server that asks for more work than any would is not given it. */
    private static int toIterations(String text) throws ScramException {
        if (!ITERATIONS.matcher(text).matches()) {
            throw ScramException.malformed();
        }
        return Integer.parseInt(text);
    }

    /** Takes the server's final message, which must prove that the server has the verifier. */
    public void onFinal(String message) throws ScramException {
        byte[] signature = new ScramMessage(message).requireBytes('v');
        ScramKeys used = keys;
        if (used == null) {
            throw ScramException.malformed();
        }
        if (!MessageDigest.isEqual(signature, Hashes.hmac(used.verifier().serverKey(), authMessage))) {
            throw new ScramException("28000", "the server does not have the verifier of the user's password");
        }
    }

    @Override
    public String toString() {
        return "ScramClient[]";
    }
}
