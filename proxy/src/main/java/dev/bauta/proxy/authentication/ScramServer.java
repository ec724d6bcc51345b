package dev.bauta.proxy.authentication;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one SCRAM-SHA-256 exchange, RFC 5802 and 7677, as PostgreSQL's own server does it. Not thread-safe.
 *
 * <pre>
 *   client                                        server
 *     n,,n=,r=abc                    ──→
 *                                    ←──  r=abcXYZ,s=salt,i=4096
 *     c=biws,r=abcXYZ,p=proof        ──→
 *                                    ←──  v=signature
 * </pre>
 */
public final class ScramServer {
    /** The mechanism without channel binding. */
    public static final String PLAIN = "SCRAM-SHA-256";

    /** The mechanism with channel binding. */
    public static final String PLUS = "SCRAM-SHA-256-PLUS";

    private static final String BINDING = "p=tls-server-end-point,,";
    private static final String BAD_NEGOTIATION = "SCRAM channel binding negotiation error";

    private final ScramVerifier verifier;
    private final boolean known;
    private final byte @Nullable [] endPoint;
    private final String ownNonce;
    private String header = "";
    private String authMessage = "";
    private String nonce = "";

    /**
     * @param credential whom to believe
     * @param endPoint what the connection can be bound to; null when PLUS was not offered
     * @param ownNonce random, printable, without a comma
     */
    public ScramServer(Credential credential, byte @Nullable [] endPoint, String ownNonce) {
        this.verifier = credential.verifier();
        this.known = credential.known();
        this.endPoint = endPoint == null ? null : endPoint.clone();
        this.ownNonce = ownNonce;
    }

    /**
     * Takes the client's first message.
     *
     * @return the server's first message
     */
    public String onFirst(String mechanism, String message) throws ScramException {
        String bare = message.substring(readHeader(mechanism, message));
        ScramMessage attributes = new ScramMessage(bare);
        // The user is the one of the startup message; PostgreSQL ignores this one too.
        attributes.require('n');
        nonce = attributes.requireNonce() + ownNonce;
        attributes.requireEnd();
        String answer = "r=" + nonce + ",s=" + ScramMessage.base64(verifier.salt()) + ",i=" + verifier.iterations();
        authMessage = bare + "," + answer;
        return answer;
    }

    /** How long the GS2 header is; what it says of channel binding must agree with what was offered and chosen. */
    private int readHeader(String mechanism, String message) throws ScramException {
        boolean plus = mechanism.equals(PLUS);
        if (!plus && !mechanism.equals(PLAIN) || plus && endPoint == null) {
            throw new ScramException("08P01", "client selected an invalid SASL authentication mechanism");
        }
        header = plus ? BINDING : message.startsWith("y,,") ? "y,," : "n,,";
        if (!message.startsWith(header)) {
            throw message.matches("(?s)(n|y|p=[^,]*),a=.*")
                    ? new ScramException("0A000", "client uses authorization identity, but it is not supported")
                    : ScramException.malformed();
        }
        // The client believes that there is no binding to be had, but it was offered: somebody took it off the list.
        if (header.equals("y,,") && endPoint != null) {
            throw new ScramException("28000", BAD_NEGOTIATION);
        }
        return header.length();
    }

    /**
     * Takes the client's final message.
     *
     * @return the keys by which the client could be let in; null when the password is wrong
     */
    public @Nullable ScramKeys onFinal(String message) throws ScramException {
        int proofAt = message.lastIndexOf(",p=");
        if (proofAt < 0) {
            throw ScramException.malformed();
        }
        ScramMessage attributes = new ScramMessage(message);
        byte[] binding = attributes.requireBytes('c');
        String answered = attributes.requireNonce();
        byte[] proof = attributes.requireBytes('p');
        attributes.requireEnd();
        if (!answered.equals(nonce) || proof.length != Hashes.LENGTH) {
            throw ScramException.malformed();
        }
        if (!MessageDigest.isEqual(binding, expectedBinding())) {
            throw new ScramException("28000", "SCRAM channel binding check failed");
        }
        authMessage += "," + message.substring(0, proofAt);
        byte[] clientKey = Hashes.xor(proof, Hashes.hmac(verifier.storedKey(), authMessage));
        boolean right = MessageDigest.isEqual(Hashes.h(clientKey), verifier.storedKey());
        return right && known ? new ScramKeys(verifier, clientKey) : null;
    }

    private byte[] expectedBinding() {
        byte[] start = header.getBytes(StandardCharsets.US_ASCII);
        if (endPoint == null || !header.equals(BINDING)) {
            return start;
        }
        byte[] whole = new byte[start.length + endPoint.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(endPoint, 0, whole, start.length, endPoint.length);
        return whole;
    }

    /** The server's final message, by which the client knows that it talks to somebody who has the verifier. */
    public String finalMessage() {
        return "v=" + ScramMessage.base64(Hashes.hmac(verifier.serverKey(), authMessage));
    }

    @Override
    public String toString() {
        return "ScramServer[]";
    }
}
