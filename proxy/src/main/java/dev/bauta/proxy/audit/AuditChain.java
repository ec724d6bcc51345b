package dev.bauta.proxy.audit;

import dev.bauta.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Chains records: each has a number one higher than its predecessor, holds the predecessor's hash, and ends with the hash of all
 * that stands before in its line: SHA-256, or HMAC-SHA-256 (RFC 2104) where there is a key. Not thread-safe.
 *
 * <pre>
 *   {"seq":7,"prev":"&lt;hash of 6&gt;", … ,"hash":"&lt;hash of all before this comma&gt;"}
 * </pre>
 */
final class AuditChain {
    /** What the first record of all has before it. */
    static final Link BEGINNING = new Link(0, "0".repeat(64));

    private static final Pattern LINE = Pattern.compile(
            "(\\{\"seq\":([1-9][0-9]{0,17}),\"prev\":\"([0-9a-f]{64})\",.*),\"hash\":\"([0-9a-f]{64})\"}");

    private static final Pattern START = Pattern.compile("\\{\"seq\":([0-9]{1,18}),");

    private final @Nullable String key;

    /**
     * The end of a chain.
     *
     * @param sequence the last record's number
     * @param hash its hash
     */
    record Link(long sequence, String hash) {}

    /**
     * A record's line.
     *
     * @param text without its line end
     * @param link by which the next one is bound to it
     * @param previous the hash of the one before
     */
    record Line(String text, Link link, String previous) {}

    /** @param key null for a chain without a key */
    AuditChain(@Nullable String key) {
        this.key = key;
    }

    /** The line of the next record. */
    Line append(Link last, AuditRecord record) {
        long sequence = last.sequence() + 1;
        JsonText json = new JsonText().add("seq", sequence).add("prev", last.hash());
        record.write(json);
        String body = json.open();
        String hash = hash(body);
        return new Line(body + ",\"hash\":\"" + hash + "\"}", new Link(sequence, hash), last.hash());
    }

    /** Reads a line; empty when it is no record, or when its hash is not that of its text. */
    Optional<Line> read(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.matches() || !isEqual(line.group(4), hash(line.group(1)))) {
            return Optional.empty();
        }
        return Optional.of(new Line(text, new Link(Long.parseLong(line.group(2)), line.group(4)), line.group(3)));
    }

    /** The number of a record's line as it stands there, whether it is right or not; 0 where there is none. */
    static long sequenceOf(String text) {
        Matcher start = START.matcher(text);
        return start.lookingAt() ? Long.parseLong(start.group(1)) : 0;
    }

    private static boolean isEqual(String left, String right) {
        return MessageDigest.isEqual(
                left.getBytes(StandardCharsets.US_ASCII), right.getBytes(StandardCharsets.US_ASCII));
    }

    private String hash(String body) {
        if (key == null) {
            return Sha256.hex(body);
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not the key. */
    @Override
    public String toString() {
        return "AuditChain[" + (key == null ? "SHA-256" : "HMAC-SHA-256") + "]";
    }
}
