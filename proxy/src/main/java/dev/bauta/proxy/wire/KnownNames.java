package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Names that a client has sent, which it sends again and again: reading one anew makes no other string of it. Event loop only. */
public final class KnownNames {
    /** A power of 2. */
    private static final int SLOTS = 16;

    private final String[] names = new String[SLOTS];

    public KnownNames() {
        Arrays.fill(names, "");
    }

    /** As {@link Strings#name}. */
    String read(ByteBuf in, int from, int end) {
        int length = end - from;
        if (length == 0) {
            return "";
        }
        int slot = length + in.getByte(end - 1) & SLOTS - 1;
        if (!isAt(names[slot], in, from, length)) {
            names[slot] = Strings.name(in, from, end);
        }
        return names[slot];
    }

    /** Other letters than those of ASCII are never the same: no byte of theirs is. */
    private static boolean isAt(String name, ByteBuf in, int from, int length) {
        int i = name.length() == length ? 0 : length + 1;
        while (i < length && name.charAt(i) == in.getByte(from + i)) {
            i++;
        }
        return i == length;
    }

    /** How many there can be; no names. */
    @Override
    public String toString() {
        return "KnownNames[" + SLOTS + "]";
    }
}
