package dev.bauta.proxy.verify.data;

import dev.bauta.text.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A digest of many values that does not depend on their order: the sum, modulo 2^128, of the first half of each one's SHA-256.
 * Equal for two collections that hold the same values equally often. Not thread-safe.
 */
final class Digest {
    private final MessageDigest sha256 = Sha256.start();
    private long high;
    private long low;

    void add(@Nullable Object value) {
        String text = value == null ? "" : "+" + value;
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        long addend = hash.getLong(Long.BYTES);
        low += addend;
        high += hash.getLong(0) + (Long.compareUnsigned(low, addend) < 0 ? 1 : 0);
    }

    /** True when both have been given the same values. */
    boolean isSameAs(Digest other) {
        return high == other.high && low == other.low;
    }
}
