package dev.bauta.proxy.verify.attack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An attempt to see raw values. Immutable.
 *
 * @param technique what kind of attempt
 * @param expected what must come of it, besides that no canary shows
 * @param template the line as the list has it, with names in the place of values, so that it can be shown
 * @param statements sent one after the other in one session
 */
record Attack(String technique, Expected expected, String template, List<String> statements) {
    private static final String SEPARATOR = " ;; ";

    /** What must come of an attempt. */
    enum Expected {
        /** Masks, or an error. */
        MASKED,
        /** No row of the last statement, since a row would confirm a guess. */
        NONE,
        /** An error. */
        REFUSED
    }

    Attack {
        statements = List.copyOf(statements);
    }

    /**
     * All attempts.
     *
     * @param values what stands for the names in braces
     */
    static List<Attack> all(Map<String, String> values) {
        List<Attack> attacks = new ArrayList<>();
        String technique = "";
        for (String line : resource("attacks.txt").lines().toList()) {
            if (line.startsWith("=")) {
                technique = line.substring(1).strip();
            } else if (!line.isBlank() && !line.startsWith("#")) {
                attacks.add(parse(technique, line, values));
            }
        }
        return attacks;
    }

    private static Attack parse(String technique, String line, Map<String, String> values) {
        int bar = line.indexOf('|');
        Expected expected = Expected.valueOf(line.substring(0, bar).strip().toUpperCase(Locale.ROOT));
        String template = line.substring(bar + 1).strip();
        return new Attack(
                technique, expected, template, List.of(fill(template, values).split(SEPARATOR)));
    }

    /** Puts values in the place of names in braces. */
    static String fill(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }

    /** The text of a file that lies beside this class. */
    static String resource(String name) {
        try (InputStream in = Attack.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True for COPY, which is not read like a result. */
    boolean isCopy() {
        return statements.get(0).startsWith("COPY");
    }

    /** Not the statements, in which made-up values stand. */
    @Override
    public String toString() {
        return template;
    }
}
