package dev.bauta.rulefile;

/**
 * A name in the rule file, in which {@code *} stands for any run of characters and everything else for itself. Compared
 * exactly, as the catalogs store names. Immutable.
 *
 * @param text the pattern as written
 */
public record NamePattern(String text) {
    /** True when the whole of {@code name} fits the pattern. */
    public boolean matches(String name) {
        return matches(text, 0, name, 0);
    }

    /** True when the pattern has no {@code *}, so that it names one thing. */
    public boolean isExact() {
        return text.indexOf('*') < 0;
    }

    /** True when the pattern matches every name. */
    public boolean isAny() {
        return !text.isEmpty() && text.chars().allMatch(c -> c == '*');
    }

    /**
     * True when the pattern matches every name that the other one does: when it matches the other's text, in which {@code *} then
     * is one more character, which only a {@code *} can stand for.
     */
    public boolean covers(NamePattern other) {
        return matches(other.text);
    }

    private static boolean matches(String pattern, int patternAt, String name, int nameAt) {
        int p = patternAt;
        int n = nameAt;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** The spelling where dots separate names: in double quotes when the pattern itself holds a dot or a quote. */
    String inPath() {
        boolean plain = text.indexOf('.') < 0 && text.indexOf('"') < 0;
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return text;
    }
}
