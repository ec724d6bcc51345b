package dev.bauta.mask;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The key material of keyed masks: one master key, and a key for each domain derived from it, so that columns of one
 * domain can be joined and columns of different domains cannot.
 *
 * <p>A ring learns its domains from the masks that {@link Masks#parse} builds with it; {@link #sealed} then gives a ring that
 * does not change any more. Thread-safe; {@link #toString} shows no key.
 */
public final class KeyRing {
    /** The domain of masks that name none. */
    static final String DEFAULT_DOMAIN = "default";
    /** PostgreSQL takes startup messages of up to 10,000 bytes, and the settings of a domain take up to 350 of them. */
    static final int MOST_DOMAINS = 20;

    private static final int LEAST_BYTES = 16;

    private final byte[] master;
    private final boolean sealed;
    private final SortedMap<String, DomainKey> domains;

    private KeyRing(byte[] master, boolean sealed, Map<String, DomainKey> domains) {
        this.master = master.clone();
        this.sealed = sealed;
        this.domains = new TreeMap<>(domains);
    }

    /** A ring with no key: keyed masks cannot be built from it. */
    public static KeyRing empty() {
        return new KeyRing(new byte[0], true, Map.of());
    }

    /**
     * A ring over a master key.
     *
     * @param master at least 16 random bytes; copied
     * @throws IllegalArgumentException when they are fewer
     */
    public static KeyRing of(byte[] master) {
        if (master.length < LEAST_BYTES) {
            throw new IllegalArgumentException("a master key has at least " + LEAST_BYTES + " bytes");
        }
        return new KeyRing(master, false, Map.of());
    }

    /** True when there is no key. */
    public boolean isEmpty() {
        return master.length == 0;
    }

    /** An immutable ring with the domains known so far; a mask of another domain cannot be built with it. */
    public synchronized KeyRing sealed() {
        return new KeyRing(master, true, domains);
    }

    /**
     * The session settings that carry the keys of all domains known so far to the server, two for each domain, all named
     * {@code bauta.…}. They are secret: they go into the startup message and nowhere else.
     *
     * @return an immutable map
     */
    public synchronized Map<String, String> sessionSettings() {
        SortedMap<String, String> settings = new TreeMap<>();
        domains.values().forEach(key -> settings.putAll(key.settings()));
        return java.util.Collections.unmodifiableSortedMap(settings);
    }

    /**
     * The key of a domain, which the ring remembers from now on.
     *
     * @throws MaskParameterException when there is no key, or no room for another domain
     */
    synchronized DomainKey domain(String name) throws MaskParameterException {
        if (isEmpty()) {
            throw new MaskParameterException(null, "a keyed mask needs a master key, and the rules give none");
        }
        DomainKey known = domains.get(name);
        if (known != null) {
            return known;
        }
        if (sealed || domains.size() == MOST_DOMAINS) {
            throw new MaskParameterException("domain", "there are more than " + domains.size() + " key domains");
        }
        DomainKey key = DomainKey.derive(master, name);
        domains.put(name, key);
        return key;
    }

    @Override
    public String toString() {
        return isEmpty() ? "KeyRing[empty]" : "KeyRing[set]";
    }
}
