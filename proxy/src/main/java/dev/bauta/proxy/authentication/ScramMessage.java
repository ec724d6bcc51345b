package dev.bauta.proxy.authentication;

import java.util.Base64;
import java.util.List;

/** Reads the attributes of a SCRAM message, such as {@code r=...,s=...,i=4096}, in the order that RFC 5802 lays down. */
final class ScramMessage {
    private final List<String> attributes;
    private int next;

    ScramMessage(String message) {
        this.attributes = List.of(message.split(",", -1));
    }

    /** The value of the next attribute, which must have this name. */
    String require(char name) throws ScramException {
        if (next == attributes.size() || !attributes.get(next).startsWith(name + "=")) {
            throw ScramException.malformed();
        }
        return attributes.get(next++).substring(2);
    }

    /** The same, of which the value is base64. */
    byte[] requireBytes(char name) throws ScramException {
        try {
            return Base64.getDecoder().decode(require(name));
        } catch (IllegalArgumentException e) {
            throw ScramException.malformed();
        }
    }

    /** A nonce: printable ASCII without a comma. */
    String requireNonce() throws ScramException {
        String nonce = require('r');
        if (nonce.isEmpty() || !nonce.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            throw ScramException.malformed();
        }
        return nonce;
    }

    void requireEnd() throws ScramException {
        if (next != attributes.size()) {
            throw ScramException.malformed();
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
