package dev.bauta.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a session may have the server keep, by name. SQL and protocol share the names: PREPARE and Parse, DECLARE and Bind.
 * Whether the server has done what it was asked is known late or never, so that a name leads to everything that can stand
 * behind it, and all of that must be current. Not thread-safe.
 */
public final class HeldNames {
    /** Begins the names that a door uses for itself. */
    public static final String OWN = "bauta: ";

    /** More names are not remembered one by one. */
    static final int LIMIT = 10_000;

    /** So many characters of texts are remembered. */
    static final long MOST_CHARACTERS = 32L * 1024 * 1024;

    /** What more can stand behind a name is not remembered one by one: all of it is looked at whenever the name is used. */
    static final int MOST_BEHIND_A_NAME = 64;

    private final Held forgotten;
    /** Lists that are never empty, and never change: others take their place, so that looking one up costs no copy. */
    private final Map<String, List<Held>> byName = new HashMap<>();
    /** The same for the empty name, which comes most and goes with nearly every transaction. */
    private List<Held> ofEmptyName = List.of();

    /** Of the texts of all of them. */
    private long characters;

    private boolean overflowed;

    /**
     * @param forgotten stands for everything that is not remembered
     */
    public HeldNames(Held forgotten) {
        this.forgotten = forgotten;
    }

    /** True for a name that only a door itself may use. */
    public static boolean isOwn(String name) {
        return name.startsWith(OWN);
    }

    /** From now on this can stand behind the name. */
    public void add(String name, Held held) {
        if (byName.size() >= LIMIT && !byName.containsKey(name)) {
            forget();
        }
        if (characters + held.length() > MOST_CHARACTERS) {
            forgetTexts();
        }
        List<Held> all = named(name);
        int last = all.size() - 1;
        if (all.size() >= MOST_BEHIND_A_NAME) {
            put(name, List.of(new Forgotten(forgotten), held));
        } else if (last >= 0 && all.get(last).equals(held)) {
            // The object itself counts: a Close that is under way takes the earlier one away.
            put(name, with(all.subList(0, last), held));
        } else {
            put(name, with(all, held));
        }
    }

    /** What is not remembered one by one behind a name; another object each time, as a Close that is under way takes an earlier one away. */
    private record Forgotten(Held like) implements Held {
        @Override
        public boolean isCurrent() {
            return like.isCurrent();
        }

        @Override
        public boolean outlivesTransaction() {
            return true;
        }
    }

    private static List<Held> with(List<Held> all, Held held) {
        return all.isEmpty()
                ? List.of(held)
                : Stream.concat(all.stream(), Stream.of(held)).toList();
    }

    private List<Held> named(String name) {
        return name.isEmpty() ? ofEmptyName : byName.getOrDefault(name, List.of());
    }

    private void put(String name, List<Held> all) {
        characters += Held.length(all) - Held.length(named(name));
        if (name.isEmpty()) {
            ofEmptyName = all;
        } else if (all.isEmpty()) {
            byName.remove(name);
        } else {
            byName.put(name, all);
        }
    }

    private void forget() {
        byName.clear();
        ofEmptyName = List.of();
        characters = 0;
        overflowed = true;
    }

    /** The names are still known, but not what stands behind them. Of those of a door's own there are few, with short texts. */
    private void forgetTexts() {
        List<Held> unknown = List.of(new Forgotten(forgotten));
        byName.keySet().stream().filter(name -> !isOwn(name)).toList().forEach(name -> put(name, unknown));
        if (!ofEmptyName.isEmpty()) {
            put("", unknown);
        }
    }

    /** The server has confirmed this: what was added to the name before it is gone. */
    public void settle(String name, Held held) {
        List<Held> all = named(name);
        int at = all.size() > 1 ? all.indexOf(held) : 0;
        if (at > 0) {
            put(name, List.copyOf(all.subList(at, all.size())));
        }
    }

    /** These do not stand behind the name any more, or never did: they were closed, or were not prepared after all. */
    public void remove(String name, List<Held> gone) {
        List<Held> all = named(name);
        put(
                name,
                all.stream()
                        .filter(held -> gone.stream().noneMatch(other -> other == held))
                        .toList());
    }

    /** Nothing takes up any more what a door itself has prepared so far. */
    public void removeOwn() {
        byName.keySet().stream().filter(HeldNames::isOwn).toList().forEach(name -> put(name, List.of()));
    }

    /** From now on another stands in the place of this, if this can still stand behind the name. */
    public void replace(String name, Held held, Held other) {
        put(name, named(name).stream().map(each -> each == held ? other : each).toList());
    }

    /** No transaction is open, and none is about to begin. */
    public void endTransaction() {
        if (!ofEmptyName.isEmpty()) {
            put("", outliving(ofEmptyName));
        }
        if (!byName.isEmpty()) {
            List.copyOf(byName.keySet()).forEach(name -> put(name, outliving(named(name))));
        }
    }

    private static List<Held> outliving(List<Held> all) {
        if (all.size() == 1) {
            return all.get(0).outlivesTransaction() ? all : List.of();
        }
        return all.stream().filter(Held::outlivesTransaction).toList();
    }

    /** What can stand behind the name, oldest first. */
    public List<Held> of(String name) {
        return since(null, name);
    }

    /**
     * What can stand behind the name where the server is known to have done what it was asked for this: what was added before it is gone.
     *
     * @param first what was added then; null where nothing is known
     */
    public List<Held> since(@Nullable Held first, String name) {
        List<Held> named = since(first, named(name));
        return overflowed ? Stream.concat(Stream.of(forgotten), named.stream()).toList() : named;
    }

    private static List<Held> since(@Nullable Held first, List<Held> all) {
        for (int i = all.size() - 1; i > 0; i--) {
            if (all.get(i) == first) {
                return all.subList(i, all.size());
            }
        }
        return all;
    }

    /** True when nothing behind the name would be decided otherwise by now. */
    public boolean isCurrent(String name) {
        return isCurrentSince(null, name);
    }

    /** The same of what can stand behind it {@link #since} this. */
    public boolean isCurrentSince(@Nullable Held first, String name) {
        return areCurrent(since(first, named(name))) && isForgottenCurrent();
    }

    /** True when nothing behind any name would be decided otherwise by now. */
    public boolean areAllCurrent() {
        return areCurrent(ofEmptyName)
                && byName.values().stream().allMatch(HeldNames::areCurrent)
                && isForgottenCurrent();
    }

    private boolean isForgottenCurrent() {
        return !overflowed || forgotten.isCurrent();
    }

    /** True when none of these would be decided otherwise by now. */
    public static boolean areCurrent(List<Held> all) {
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).isCurrent()) {
                return false;
            }
        }
        return true;
    }

    /** How many names there are; no names. */
    @Override
    public String toString() {
        return "HeldNames[" + (byName.size() + Math.min(ofEmptyName.size(), 1)) + "]";
    }
}
