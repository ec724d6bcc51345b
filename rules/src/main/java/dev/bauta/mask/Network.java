package dev.bauta.mask;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A network as {@code inet} and {@code cidr} hold it, read and written as PostgreSQL does. Immutable.
 *
 * @param address the bits of the address
 * @param size how many there are, 32 or 128
 * @param prefix how many of them are the network's, from 0
 */
record Network(BigInteger address, int size, int prefix) {
    private static final int V4 = 32;
    private static final int V6 = 128;
    /** The groups of an IPv6 address, of 16 bits each. */
    private static final int GROUPS = 8;

    private static final int GROUP_BITS = 16;

    /**
     * Reads an address that PostgreSQL wrote, or one like {@code 203.0.113.77} or {@code 2001:db8::1}, with a prefix length after a
     * slash or without.
     *
     * @throws NumberFormatException for any other text
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        int size = address.indexOf(':') < 0 ? V4 : V6;
        int prefix = slash < 0 ? size : Integer.parseInt(text.substring(slash + 1));
        return new Network(size == V4 ? parseV4(address) : parseV6(address), size, prefix);
    }

    private static BigInteger parseV4(String address) {
        return Arrays.stream(address.split("\\.", -1))
                .map(BigInteger::new)
                .reduce(BigInteger.ZERO, (bits, part) -> bits.shiftLeft(Byte.SIZE)
                        .or(part));
    }

    private static BigInteger parseV6(String address) {
        int dot = address.indexOf('.');
        if (dot >= 0) {
            int tail = address.lastIndexOf(':') + 1;
            BigInteger v4 = parseV4(address.substring(tail));
            return parseV6(address.substring(0, tail) + "0:0").or(v4);
        }
        int gap = address.indexOf("::");
        if (gap < 0) {
            return groups(address);
        }
        String before = address.substring(0, gap);
        int missing = GROUPS - (int) before.chars().filter(c -> c == ':').count() - 1;
        BigInteger high = before.isEmpty() ? BigInteger.ZERO : groups(before).shiftLeft(missing * GROUP_BITS);
        String after = address.substring(gap + 2);
        return after.isEmpty() ? high : high.or(groups(after));
    }

    private static BigInteger groups(String groups) {
        return Arrays.stream(groups.split(":", -1))
                .map(group -> new BigInteger(group, 16))
                .reduce(BigInteger.ZERO, (bits, group) -> bits.shiftLeft(GROUP_BITS)
                        .or(group));
    }

    boolean isV4() {
        return size == V4;
    }

    /** The network of a prefix of so many bits; with a shorter prefix, this one. What is beyond the prefix is cleared. */
    Network within(int bits) {
        int kept = Math.min(prefix, bits);
        int cleared = size - kept;
        return new Network(address.shiftRight(cleared).shiftLeft(cleared), size, kept);
    }

    /** As PostgreSQL writes it, always with the prefix length. */
    String text() {
        return (isV4() ? dotted() : colons()) + "/" + prefix;
    }

    /** The last 32 bits. */
    private String dotted() {
        int bits = address.intValue();
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }

    /**
     * The longest run of two or more zero groups, the first of equals, becomes {@code ::}. What PostgreSQL takes for an IPv4
     * address in an IPv6 one ends in dotted decimals (inet_net_ntop.c): six zero groups, or five before {@code ffff}.
     */
    private String colons() {
        int run = 0;
        int length = 0;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zeros(i);
            if (zeros > length) {
                run = i;
                length = zeros;
            }
        }
        if (run == 0 && (length == 6 || length == 5 && group(5) == 0xffff)) {
            return (length == 6 ? "::" : "::ffff:") + dotted();
        }
        if (length < 2) {
            return hex(0, GROUPS);
        }
        return hex(0, run) + "::" + hex(run + length, GROUPS);
    }

    private int zeros(int from) {
        int end = from;
        while (end < GROUPS && group(end) == 0) {
            end++;
        }
        return end - from;
    }

    private int group(int number) {
        return address.shiftRight((GROUPS - 1 - number) * GROUP_BITS).intValue() & 0xffff;
    }

    private String hex(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> Integer.toHexString(group(number)))
                .collect(Collectors.joining(":"));
    }
}
