package dev.bauta.mask;

import dev.bauta.mask.CharacterSet.Range;
import dev.bauta.mask.FlatPattern.Group;
import dev.bauta.mask.FlatPattern.Repeated;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a {@link FlatPattern}:
 *
 * <pre>
 *   pattern   = ["^"] { item | "(" { item } ")" } ["$"]
 *   item      = set [ "?" | "*" | "+" | "{" n [ "," [ m ] ] "}" ]
 *   set       = character | "." | "\" escape | "[" ["^"] { character [ "-" character ] | "\" escape } "]"
 *   escape    = "d" | "D" | "w" | "W" | "s" | "S" | "t" | "n" | "r" | punctuation
 * </pre>
 *
 * Not thread-safe; for one use.
 */
final class PatternParser {
    private static final int LONGEST = 500;
    private static final int MOST_SETS = 50;
    private static final int MOST_GROUPS = 9;
    /** PostgreSQL's own bound, for all counts of a pattern together: it makes that many copies of the sets. */
    private static final int MOST_COUNT = 255;

    private final String pattern;
    private final List<Repeated> sets = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private int at;

    PatternParser(String pattern) {
        this.pattern = pattern;
    }

    FlatPattern parse() throws PatternException {
        if (pattern.length() > LONGEST) {
            throw new PatternException("must have at most " + LONGEST + " characters");
        }
        boolean start = accept('^');
        boolean end = false;
        int open = -1;
        while (at < pattern.length() && !end) {
            if (peek() == '(') {
                open = open(open);
            } else if (peek() == ')') {
                open = close(open);
            } else if (peek() == '$') {
                at++;
                end = true;
            } else {
                sets.add(item());
            }
        }
        if (at < pattern.length()) {
            throw new PatternException(at, "something after '$'");
        }
        if (open >= 0) {
            throw new PatternException("lacks a ')'");
        }
        check();
        return new FlatPattern(List.copyOf(sets), List.copyOf(groups), start, end);
    }

    private void check() throws PatternException {
        if (sets.stream().allMatch(set -> set.least() == 0)) {
            throw new PatternException("must not match the empty string");
        }
        int count = sets.stream()
                .mapToInt(set -> set.most() == Integer.MAX_VALUE ? set.least() + 1 : set.most())
                .sum();
        if (sets.size() > MOST_SETS || groups.size() > MOST_GROUPS || count > MOST_COUNT) {
            throw new PatternException("is too large: %d sets, %d groups and counts of %d together are the most"
                    .formatted(MOST_SETS, MOST_GROUPS, MOST_COUNT));
        }
    }

    private int peek() {
        return pattern.codePointAt(at);
    }

    private boolean accept(char c) {
        boolean there = at < pattern.length() && pattern.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private int next() throws PatternException {
        if (at == pattern.length()) {
            throw new PatternException("ends too early");
        }
        int c = peek();
        at += Character.charCount(c);
        return c;
    }

    private int open(int open) throws PatternException {
        if (open >= 0) {
            throw new PatternException(at, "a group in a group");
        }
        at++;
        if (at < pattern.length() && peek() == '?') {
            throw new PatternException(at, "'(?', which is not supported");
        }
        return sets.size();
    }

    private int close(int open) throws PatternException {
        if (open < 0) {
            throw new PatternException(at, "a ')' without '('");
        }
        at++;
        if (at < pattern.length() && "?*+{".indexOf(peek()) >= 0) {
            throw new PatternException(at, "a repeated group");
        }
        if (open == sets.size()) {
            throw new PatternException(at - 1, "an empty group");
        }
        groups.add(new Group(open, sets.size()));
        return -1;
    }

    private Repeated item() throws PatternException {
        CharacterSet set = set();
        int place = at;
        int least = 1;
        int most = 1;
        if (accept('?')) {
            least = 0;
        } else if (accept('*')) {
            least = 0;
            most = Integer.MAX_VALUE;
        } else if (accept('+')) {
            most = Integer.MAX_VALUE;
        } else if (accept('{')) {
            least = number();
            most = !accept(',') ? least : at < pattern.length() && peek() == '}' ? Integer.MAX_VALUE : number();
            if (!accept('}') || most < least || most == 0) {
                throw new PatternException(place, "no count such as {3}, {1,4} or {2,}");
            }
        }
        if (at > place && at < pattern.length() && "?*+{".indexOf(peek()) >= 0) {
            throw new PatternException(at, "a second repetition");
        }
        return new Repeated(set, least, most);
    }

    private int number() throws PatternException {
        int first = at;
        while (at < pattern.length() && CharacterSet.DIGITS.contains(peek())) {
            at++;
        }
        if (at == first || at - first > 3 || Integer.parseInt(pattern.substring(first, at)) > MOST_COUNT) {
            throw new PatternException(first, "no count from 0 to " + MOST_COUNT);
        }
        return Integer.parseInt(pattern.substring(first, at));
    }

    private CharacterSet set() throws PatternException {
        int place = at;
        int c = next();
        return switch (c) {
            case '.' -> CharacterSet.ANY;
            case '\\' -> escape(place);
            case '[' -> brackets(place);
            case '|' -> throw new PatternException(place, "'|', which is not supported");
            case '^', '?', '*', '+', '{', '}', ']' ->
                throw new PatternException(
                        place,
                        "'" + Character.toString(c) + "' out of place; '\\" + Character.toString(c)
                                + "' is the character");
            default -> CharacterSet.of(c);
        };
    }

    private CharacterSet escape(int place) throws PatternException {
        int c = next();
        return switch (c) {
            case 'd' -> CharacterSet.DIGITS;
            case 'D' -> CharacterSet.DIGITS.complement();
            case 'w' -> CharacterSet.WORD;
            case 'W' -> CharacterSet.WORD.complement();
            case 's' -> CharacterSet.SPACE;
            case 'S' -> CharacterSet.SPACE.complement();
            case 't' -> CharacterSet.of('\t');
            case 'n' -> CharacterSet.of('\n');
            case 'r' -> CharacterSet.of('\r');
            default -> {
                if (c > 0x7f || CharacterSet.WORD.contains(c) || c < ' ') {
                    throw new PatternException(place, "'\\" + Character.toString(c) + "', which is not supported");
                }
                yield CharacterSet.of(c);
            }
        };
    }

    private CharacterSet brackets(int place) throws PatternException {
        boolean negated = accept('^');
        List<Range> ranges = new ArrayList<>();
        while (!accept(']')) {
            int first = at;
            CharacterSet set = member();
            if (at + 1 < pattern.length() && peek() == '-' && pattern.charAt(at + 1) != ']') {
                at++;
                set = range(set, member(), first);
            }
            ranges.addAll(set.ranges());
        }
        CharacterSet set = CharacterSet.of(ranges);
        CharacterSet result = negated ? set.complement() : set;
        if (ranges.isEmpty() || result.isEmpty()) {
            throw new PatternException(place, "an empty set");
        }
        return result;
    }

    private CharacterSet member() throws PatternException {
        int place = at;
        int c = next();
        if (c == '[') {
            throw new PatternException(place, "'[' in a set; '\\[' is the character");
        }
        return c == '\\' ? escape(place) : CharacterSet.of(c);
    }

    private static CharacterSet range(CharacterSet from, CharacterSet to, int place) throws PatternException {
        int first = from.ranges().get(0).first();
        int last = to.ranges().get(0).last();
        if (!from.equals(CharacterSet.of(first)) || !to.equals(CharacterSet.of(last)) || last < first) {
            throw new PatternException(place, "no range such as a-z");
        }
        return CharacterSet.of(List.of(new Range(first, last)));
    }
}
