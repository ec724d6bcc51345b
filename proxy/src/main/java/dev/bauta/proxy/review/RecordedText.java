package dev.bauta.proxy.review;

/** Puts constants in the place of the question marks of a recorded statement, which are constants or parts of operators. */
final class RecordedText {
    private static final String CONSTANT = "'0'";
    private static final String MORE_CONSTANTS = ", …";

    private final String text;
    private final StringBuilder built = new StringBuilder();
    private int at;

    private RecordedText(String text) {
        this.text = text;
    }

    /** The statement with a constant for each question mark that is no part of an operator. */
    static String withConstants(String text) {
        return new RecordedText(text).build();
    }

    private String build() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                copyQuoted();
            } else if (text.startsWith(MORE_CONSTANTS, at)) {
                at += MORE_CONSTANTS.length();
            } else if (c == '?' && !isOperator()) {
                built.append(CONSTANT);
                at++;
            } else {
                built.append(c);
                at++;
            }
        }
        return built.toString();
    }

    /** A quoted identifier, in which a doubled quote is two that follow each other. */
    private void copyQuoted() {
        int end = text.indexOf('"', at + 1);
        int behind = end < 0 ? text.length() : end + 1;
        built.append(text, at, behind);
        at = behind;
    }

    /** {@code @?}, {@code ?|}, {@code ?&}, and {@code ?} before a constant, which never follows another one. */
    private boolean isOperator() {
        if (at > 0 && text.charAt(at - 1) == '@') {
            return true;
        }
        int next = at + 1;
        if (next < text.length()
                && (text.charAt(next) == '|' && !text.startsWith("||", next) || text.charAt(next) == '&')) {
            return true;
        }
        while (next < text.length() && text.charAt(next) == ' ') {
            next++;
        }
        return next < text.length() && text.charAt(next) == '?';
    }
}
