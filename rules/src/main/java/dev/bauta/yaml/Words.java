package dev.bauta.yaml;

import dev.bauta.text.Shown;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names of a file in messages: shown on one line, and the nearest known one to an unknown one. */
public final class Words {
    /** As many characters as the longest names of PostgreSQL, three parts of them. */
    private static final int LONGEST = 192;

    private Words() {}

    /** A name in single quotes, cut where it is very long, with control characters replaced, so that a message stays one line. */
    public static String quoted(String name) {
        int length = name.codePointCount(0, name.length());
        String shown = length <= LONGEST ? name : name.substring(0, name.offsetByCodePoints(0, LONGEST)) + "…";
        return "'" + Shown.oneLine(shown) + "'";
    }

    /** The end of a message about an unknown word: the nearest known one, or all of them. */
    public static String suggestion(String word, List<String> known) {
        return findNearest(word, known)
                .map(candidate -> ", did you mean '" + candidate + "'?")
                .orElseGet(() -> "; known are " + String.join(", ", known));
    }

    /** The known word that an unknown one is probably meant to be. */
    public static Optional<String> findNearest(String word, List<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= 1 + candidate.length() / 4)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** How many characters to change, insert, delete or swap with the next, upper and lower case alike. */
    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int i, int j, int[][] cost) {
        int changed = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(changed, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, 1 + cost[i - 2][j - 2]) : best;
    }
}
