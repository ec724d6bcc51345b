package dev.bauta.mask;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one domain and the HMAC-SHA-256 (RFC 2104) that keyed masks compute with it, in Java and in SQL. Immutable;
 * {@link #toString} shows no key.
 *
 * <p>PostgreSQL has no HMAC of its own, so the SQL form composes it: {@code sha256(outer ‖ sha256(inner ‖ message))}, where
 * {@code inner} and {@code outer} are the 64-byte key blocks of RFC 2104, made here and read on the server from two
 * session settings. Where a setting is missing {@code current_setting} raises an error, so no unkeyed hash comes about.
 */
final class DomainKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BLOCK = 64;

    private final String domain;
    private final byte[] key;

    private DomainKey(String domain, byte[] key) {
        this.domain = domain;
        this.key = key;
    }

    /** The domain's key: HKDF-SHA-256 (RFC 5869) of the master key, no salt, 32 bytes, the domain's name as {@code info}. */
    static DomainKey derive(byte[] master, String domain) {
        return derive(master, domain, domain);
    }

    /** The same, under another name for the session's settings. */
    static DomainKey derive(byte[] master, String domain, String setting) {
        byte[] extracted = hmac(new byte[32], master);
        byte[] name = domain.getBytes(StandardCharsets.UTF_8);
        byte[] info = java.util.Arrays.copyOf(name, name.length + 1);
        info[name.length] = 1;
        return new DomainKey(setting, hmac(extracted, info));
    }

    /** HMAC-SHA-256 of a message, 32 bytes. */
    byte[] hmac(byte[] message) {
        return hmac(key, message);
    }

    /** HMAC-SHA-256 of an expression of type bytea, as such an expression. */
    String hmacSql(String message) {
        String inside = Sql.call("sha256", Sql.op(blockSql("inner"), "||", message));
        return Sql.call("sha256", Sql.op(blockSql("outer"), "||", inside));
    }

    /** The two session settings that {@link #hmacSql} reads. */
    Map<String, String> settings() {
        return Map.of(setting("inner"), block(0x36), setting("outer"), block(0x5c));
    }

    private String blockSql(String block) {
        String hex = Sql.call("current_setting", Sql.untyped(setting(block)));
        return Sql.call("decode", hex, Sql.untyped("hex"));
    }

    private String setting(String block) {
        return "bauta." + block + "_" + domain;
    }

    private String block(int pad) {
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = (byte) ((i < key.length ? key[i] : 0) ^ pad);
        }
        return HexFormat.of().formatHex(block);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "DomainKey[" + domain + "]";
    }
}
