package dev.bauta.yaml;

import java.util.Locale;

/** The characters that a YAML text may hold: YAML 1.1, section 5.1. */
final class Characters {
    private Characters() {}

    /**
     * Looks for the first character that may not stand in a YAML text, with its place.
     *
     * @throws InvalidFileException when there is one, as everything after it is doubtful
     */
    static void check(int[] source, Problems problems) throws InvalidFileException {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < source.length; i++) {
            if (!isAllowed(source[i])) {
                problems.add(problems.at(line, i - lineStart + 1), message(source[i]));
                throw problems.toException();
            }
            if (source[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
    }

    private static boolean isAllowed(int c) {
        boolean ascii = c >= 0x20 && c <= 0x7e || c == '\t' || c == '\n' || c == '\r';
        return ascii || c == 0x85 || c >= 0xa0 && !(c >= 0xd800 && c <= 0xdfff) && c != 0xfffe && c != 0xffff;
    }

    private static String message(int c) {
        return String.format(Locale.ROOT, "the character U+%04X may not stand in a YAML file", c);
    }
}
