package dev.bauta.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The choices by which a query was made: replayed as far as they are given, then drawn, or 0 where nothing is to be drawn. 0 is always
 * the simplest choice, so fewer and smaller choices make a smaller query.
 */
final class Choices {
    private final List<Integer> given;
    private final @org.jspecify.annotations.Nullable Random random;
    private final List<Integer> taken = new ArrayList<>();

    private Choices(List<Integer> given, @org.jspecify.annotations.Nullable Random random) {
        this.given = given;
        this.random = random;
    }

    static Choices drawn(Random random) {
        return new Choices(List.of(), random);
    }

    static Choices replayed(List<Integer> given) {
        return new Choices(given, null);
    }

    /** A number from 0 to below the bound. */
    int below(int bound) {
        int i = taken.size();
        int choice = i < given.size() ? given.get(i) % bound : random == null ? 0 : random.nextInt(bound);
        taken.add(choice);
        return choice;
    }

    /** True once in so many times; false is the simpler choice. */
    boolean onceIn(int times) {
        return below(times) == times - 1;
    }

    <T> T of(List<T> items) {
        return items.get(below(items.size()));
    }

    List<Integer> taken() {
        return List.copyOf(taken);
    }
}
