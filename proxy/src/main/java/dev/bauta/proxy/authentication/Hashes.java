package dev.bauta.proxy.authentication;

import dev.bauta.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The functions of RFC 5802, section 2.2, with SHA-256. */
final class Hashes {
    /** Of every hash and key, in bytes. */
    static final int LENGTH = 32;

    private Hashes() {}

    static byte[] h(byte[] data) {
        return Sha256.start().digest(data);
    }

    static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw everyPlatformHas(e);
        }
    }

    static byte[] xor(byte[] left, byte[] right) {
        byte[] result = new byte[left.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) (left[i] ^ right[i]);
        }
        return result;
    }

    private static IllegalStateException everyPlatformHas(GeneralSecurityException e) {
        return new IllegalStateException("a Java platform without SHA-256", e);
    }
}
