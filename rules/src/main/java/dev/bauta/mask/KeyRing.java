package dev.bauta.mask;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The key material of keyed masks: a master key, of which there can be several versions, and a key for each domain derived from it, so that columns of one
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
    private static final char VERSION = '@';
    private static final String CHECK = "check value";

    private final SortedMap<String, byte[]> masters;
    private final String current;
    private final boolean sealed;
    private final SortedMap<String, DomainKey> domains;

    private KeyRing(Map<String, byte[]> masters, String current, boolean sealed, Map<String, DomainKey> domains) {
        this.masters = new TreeMap<>();
        masters.forEach((version, master) -> this.masters.put(version, master.clone()));
        this.current = current;
        this.sealed = sealed;
        this.domains = new TreeMap<>(domains);
    }

    /** A ring with no key: keyed masks cannot be built from it. */
    public static KeyRing empty() {
        return new KeyRing(Map.of(), "", true, Map.of());
    }

    /**
     * A ring over a master key.
     *
     * @param master at least 16 random bytes; copied
     * @throws IllegalArgumentException when they are fewer
     */
    public static KeyRing of(byte[] master) {
        return of(Map.of("", master), "");
    }

    /**
     * A ring over several versions of the master key. A mask's domain is of the current one, or of the version that it names
     * after an {@code @}.
     *
     * @param masters by version, each at least 16 random bytes; copied
     * @param current the version of domains that name none
     * @throws IllegalArgumentException when one has fewer bytes, or there is no such version
     */
    public static KeyRing of(Map<String, byte[]> masters, String current) {
        if (masters.values().stream().anyMatch(master -> master.length < LEAST_BYTES)) {
            throw new IllegalArgumentException("a master key has at least " + LEAST_BYTES + " bytes");
        }
        if (!masters.containsKey(current)) {
            throw new IllegalArgumentException("there is no master key of the current version");
        }
        return new KeyRing(masters, current, false, Map.of());
    }

    /** True when there is no key. */
    public boolean isEmpty() {
        return masters.isEmpty();
    }

    /**
     * Bytes that change with the master keys and from which they cannot be found, 32 of each, made as a domain's key is under a name that
     * no domain can have; empty when there is no key. To see whether a key is another one, and not to be shown as it is.
     */
    public byte[] checkValue() {
        ByteArrayOutputStream checks = new ByteArrayOutputStream();
        masters.forEach((version, master) -> {
            String named = version.equals(current) ? CHECK : CHECK + " " + version;
            checks.writeBytes(DomainKey.derive(master, named).hmac(version.getBytes(StandardCharsets.UTF_8)));
        });
        return checks.toByteArray();
    }

    /** True when sessions that were given another ring's settings can compute every mask of this one. */
    public boolean isServedBy(KeyRing other) {
        return other.sessionSettings().entrySet().containsAll(sessionSettings().entrySet());
    }

    /** An immutable ring with the domains known so far; a mask of another domain cannot be built with it. */
    public synchronized KeyRing sealed() {
        return new KeyRing(masters, current, true, domains);
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
     * @param name the domain, and an {@code @} and the version of the master key where it is not the current one
     * @throws MaskParameterException when there is no key, or none of that version, or no room for another domain
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
        int at = name.indexOf(VERSION);
        String version = at < 0 ? current : name.substring(at + 1);
        byte[] master = masters.get(version);
        if (master == null) {
            throw new MaskParameterException("domain", "there is no key version '" + version + "' in the rule file");
        }
        DomainKey key = DomainKey.derive(master, at < 0 ? name : name.substring(0, at), name.replace(VERSION, '$'));
        domains.put(name, key);
        return key;
    }

    /** Remembers the default domain for masks that are built later, where there is a key and room for one more domain. */
    public synchronized void reserveDefault() {
        byte[] master = masters.get(current);
        if (master != null && !sealed && domains.size() < MOST_DOMAINS) {
            domains.computeIfAbsent(DEFAULT_DOMAIN, name -> DomainKey.derive(master, name));
        }
    }

    @Override
    public String toString() {
        return isEmpty() ? "KeyRing[empty]" : "KeyRing[set]";
    }
}
