package dev.bauta.proxy.authentication;

import java.security.MessageDigest;
import java.util.Arrays;

/** The client's side of one SCRAM-SHA-256 exchange, with keys in the place of a password. Not thread-safe. */
public final class ScramClient {
    private static final String HEADER = "n,,";
    /** {@link #HEADER} in base64. */
    private static final String ENCODED_HEADER = "biws";

    private final ScramKeys keys;
    private final String ownNonce;
    private String authMessage = "";

    /** @param ownNonce random, printable, without a comma */
    public ScramClient(ScramKeys keys, String ownNonce) {
        this.keys = keys;
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
        String iterations = attributes.require('i');
        if (!nonce.startsWith(ownNonce) || nonce.length() == ownNonce.length()) {
            throw ScramException.malformed();
        }
        ScramVerifier verifier = keys.verifier();
        if (!Arrays.equals(salt, verifier.salt()) || !iterations.equals(Integer.toString(verifier.iterations()))) {
            throw new ScramException(
                    "28P01", "the server has another verifier of the user's password than Bauta; bring them in line");
        }
        String withoutProof = "c=" + ENCODED_HEADER + ",r=" + nonce;
        authMessage = bare() + "," + message + "," + withoutProof;
        byte[] proof = Hashes.xor(keys.clientKey(), Hashes.hmac(verifier.storedKey(), authMessage));
        return withoutProof + ",p=" + ScramMessage.base64(proof);
    }

    /** Takes the server's final message, which must prove that the server has the verifier. */
    public void onFinal(String message) throws ScramException {
        byte[] signature = new ScramMessage(message).requireBytes('v');
        if (!MessageDigest.isEqual(signature, Hashes.hmac(keys.verifier().serverKey(), authMessage))) {
            throw new ScramException("28000", "the server does not have the verifier of the user's password");
        }
    }

    @Override
    public String toString() {
        return "ScramClient[]";
    }
}
