package dev.bauta.text;

/** Text of others as it is shown among our own: it adds no lines, no escape sequences and nothing that cannot be seen. */
public final class Shown {
    private Shown() {}

    /** True for what is not seen as itself: control characters, line separators, and what changes the order of characters or has no width. */
    public static boolean isUnseen(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || Character.getType(c) == Character.FORMAT;
    }

    /** The text with control characters, line separators and the like replaced. */
    public static String oneLine(String text) {
        return text.codePoints()
                .map(c -> isUnseen(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
