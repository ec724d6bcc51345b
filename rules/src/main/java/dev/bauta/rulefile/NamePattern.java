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

    @Override
    public String toString() {
        return text;
    }
}
