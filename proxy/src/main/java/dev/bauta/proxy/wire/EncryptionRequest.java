package dev.bauta.proxy.wire;

/** Asks whether the connection can be encrypted. */
public enum EncryptionRequest implements InitialMessage {
    /** SSLRequest. */
    SSL,
    /** GSSENCRequest. */
    GSSENC;

    static final int SSL_CODE = 80877103;
    static final int GSSENC_CODE = 80877104;
}
