package dev.bauta.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a session may have the server keep, by name. SQL and protocol share the names: PREPARE and Parse, DECLARE and Bind.
 * Whether the server has done what it was asked is known late or never, so that a name leads to everything that can stand
 * behind it, and all of that must be current. Not thread-safe.
 */
public final class HeldNames {
    /** Begins the names that a door uses for itself. */
    public static final String OWN = "bauta: ";

    /** More is not remembered one by one. */
    static final int LIMIT = 10_000;

    private final Held forgotten;
    private final Map<String, List<Held>> byName = new HashMap<>();
    private final List<Held> unnamed = new ArrayList<>();
    private boolean overflowed;

    /**
     * @param forgotten stands for everything that is not remembered
     */
    public HeldNames(Held forgotten) {
        this.forgotten = forgotten;
    }

    /** True for a name that only a door itself may use: what stands behind it is not remembered here. */
    public static boolean isOwn(String name) {
        return name.startsWith(OWN);
    }

    /** From now on this can stand behind the name. */
    public void add(String name, Held held) {
        if (byName.size() >= LIMIT && !byName.containsKey(name)) {
            forget();
        }
        List<Held> all = byName.computeIfAbsent(name, n -> new ArrayList<>(1));
        if (all.size() >= LIMIT) {
            forget();
        } else if (!all.isEmpty() && all.get(all.size() - 1).equals(held)) {
            // The object itself counts: a Close that is under way takes the earlier one away.
            all.set(all.size() - 1, held);
        } else {
            all.add(held);
        }
    }

    /** From now to the end of the transaction this can stand behind any name. */
    public void addUnnamed(Held held) {
        if (unnamed.size() < LIMIT) {
            unnamed.add(held);
        } else {
            forget();
        }
    }

    private void forget() {
        byName.clear();
        overflowed = true;
    }

    /** The server has confirmed this: what was added to the name before it is gone. */
    public void settle(String name, Held held) {
        List<Held> all = byName.get(name);
        int at = all == null ? -1 : all.indexOf(held);
        if (all != null && at > 0) {
            all.subList(0, at).clear();
        }
    }

    /** These do not stand behind the name any more, or never did: they were closed, or were not prepared after all. */
    public void remove(String name, List<Held> gone) {
        List<Held> all = byName.get(name);
        if (all != null) {
            all.removeIf(held -> gone.stream().anyMatch(other -> other == held));
            if (all.isEmpty()) {
                byName.remove(name);
            }
        }
    }

    /** Nothing takes up any more what a door itself has prepared so far. */
    public void removeOwn() {
        byName.keySet().removeIf(HeldNames::isOwn);
    }

    /** From now on another stands in the place of this, if this can still stand behind the name. */
    public void replace(String name, Held held, Held other) {
        List<Held> all = byName.get(name);
        if (all != null) {
            all.replaceAll(each -> each == held ? other : each);
        }
    }

    /** No transaction is open, and none is about to begin. */
    public void endTransaction() {
        unnamed.clear();
        if (!byName.isEmpty()) {
            byName.values().forEach(all -> all.removeIf(held -> !held.outlivesTransaction()));
            byName.values().removeIf(List::isEmpty);
        }
    }

    /** What can stand behind the name, oldest first. */
    public List<Held> of(String name) {
        List<Held> named = byName.getOrDefault(name, List.of());
        if (unnamed.isEmpty() && !overflowed) {
            return List.copyOf(named);
        }
        List<Held> all = rest();
        all.addAll(named);
        return List.copyOf(all);
    }

    /** What can stand behind any name. */
    public List<Held> all() {
        List<Held> all = rest();
        byName.values().forEach(all::addAll);
        return List.copyOf(all);
    }

    private List<Held> rest() {
        List<Held> rest = new ArrayList<>(unnamed);
        if (overflowed) {
            rest.add(forgotten);
        }
        return rest;
    }

    /** True when nothing behind the name would be decided otherwise by now. */
    public boolean isCurrent(String name) {
        return areCurrent(byName.getOrDefault(name, List.of()))
                && (!overflowed || forgotten.isCurrent())
                && areCurrent(unnamed);
    }

    private static boolean areCurrent(List<Held> all) {
        for (Held held : all) {
            if (!held.isCurrent()) {
                return false;
            }
        }
        return true;
    }

    /** How many names there are; no names. */
    @Override
    public String toString() {
        return "HeldNames[" + byName.size() + "]";
    }
}
