package dev.bauta.attacks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One file of the corpus. A line is one attack: statements of one session with {@code ;;} between them. Lines that start with
 * two hyphens are remarks.
 *
 * @param name the file's name without its ending
 * @param attacks in the file's order
 */
record Technique(String name, List<List<String>> attacks) {
    private static final List<String> NAMES = List.of(
            "inference",
            "whole-rows",
            "lineage",
            "names",
            "statements",
            "laundering",
            "functions",
            "catalogs",
            "errors",
            "session",
            "rows",
            "writes");

    private static final String SEPARATOR = " ;; ";

    static List<Technique> all() {
        return NAMES.stream().map(Technique::read).toList();
    }

    private static Technique read(String name) {
        List<List<String>> attacks = text(name + ".sql")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("--"))
                .map(line -> List.of(line.split(SEPARATOR)))
                .toList();
        return new Technique(name, attacks);
    }

    /** A file beside those of the techniques. */
    static String text(String file) {
        try (InputStream in = Technique.class.getResourceAsStream("/attacks/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException(file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
