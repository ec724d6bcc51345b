package dev.bauta.mask;

import java.util.List;
import java.util.Optional;

/**
 * A regular expression of a small kind that can have one meaning only: character sets one after the other, each repeated some
 * number of times, perhaps anchored, with groups around stretches of them. No alternatives, no repeated or nested groups, no
 * back references, no looking around. Immutable.
 *
 * <p>PostgreSQL takes the leftmost match, of those the longest, and lets earlier parts take as much as they can; a backtracking matcher
 * takes the leftmost match in which earlier parts take as much as they can. For these patterns that is the same. Were there a longer
 * match than the greedy one, both could be drawn as ways through the sets; the longer way enters some set no later than the greedy
 * way and leaves it no earlier, so the greedy way could go on along the longer one from there with a count between both counts, and
 * that would have been greedier.
 *
 * @param sets the character sets in order
 * @param groups the groups: of each the index of its first set and that after its last
 * @param start whether a match starts where the text does
 * @param end whether a match ends where the text does
 */
record FlatPattern(List<Repeated> sets, List<Group> groups, boolean start, boolean end) {
    /** A character set that occurs at least {@code least} and at most {@code most} times. */
    record Repeated(CharacterSet set, int least, int most) {
        String sql() {
            if (least == 1 && most == 1) {
                return set.sql();
            }
            return set.sql() + "{" + least + "," + (most == Integer.MAX_VALUE ? "" : most) + "}";
        }
    }

    /** The sets from {@code first} up to and without {@code end}. */
    record Group(int first, int end) {}

    /** The pattern as PostgreSQL reads it under the collation "C". */
    String sql() {
        StringBuilder sql = new StringBuilder(start ? "^" : "");
        for (int i = 0; i <= sets.size(); i++) {
            for (Group group : groups) {
                sql.append(group.end() == i ? ")" : "");
            }
            for (Group group : groups) {
                sql.append(group.first() == i ? "(" : "");
            }
            sql.append(i < sets.size() ? sets.get(i).sql() : "");
        }
        return sql.append(end ? "$" : "").toString();
    }

    /**
     * Where the sets begin in one match, and where the match ends: one more than there are sets. The time is proportional to the text's
     * length times the number of sets for all matches of one text.
     */
    final class Matches {
        private final int[] text;
        /** For each set and position where that set ends if the pattern's rest can match from there, else -1. */
        private final int[][] ends;

        private Matches(int[] text) {
            this.text = text;
            this.ends = new int[sets.size()][];
            int[] reachable = new int[text.length + 1];
            for (int at = 0; at <= text.length; at++) {
                reachable[at] = !end || at == text.length ? at : -1;
            }
            for (int i = sets.size() - 1; i >= 0; i--) {
                ends[i] = ends(sets.get(i), reachable);
                for (int at = 0; at <= text.length; at++) {
                    reachable[at] = ends[i][at] >= 0 ? at : at == 0 ? -1 : reachable[at - 1];
                }
            }
        }

        /** {@code reachable} has for each position the last one up to it from which the rest can match, or -1. */
        private int[] ends(Repeated repeated, int[] reachable) {
            int[] found = new int[text.length + 1];
            int run = 0;
            for (int at = text.length; at >= 0; at--) {
                run = at < text.length && repeated.set().contains(text[at]) ? run + 1 : 0;
                int taken = Math.min(run, repeated.most());
                int last = reachable[at + taken];
                found[at] = last >= at + repeated.least() ? last : -1;
            }
            return found;
        }

        /** The leftmost match from a position on. */
        Optional<int[]> find(int from) {
            for (int at = from; at <= (start ? 0 : text.length); at++) {
                if (ends[0][at] >= 0) {
                    int[] match = new int[sets.size() + 1];
                    match[0] = at;
                    for (int i = 0; i < sets.size(); i++) {
                        match[i + 1] = ends[i][match[i]];
                    }
                    return Optional.of(match);
                }
            }
            return Optional.empty();
        }
    }

    /** The matches in a text of code points. */
    Matches matches(int[] text) {
        return new Matches(text);
    }

    /** Reads a pattern from the rule file. */
    static FlatPattern parse(String pattern) throws PatternException {
        return new PatternParser(pattern).parse();
    }
}
