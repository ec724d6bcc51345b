package dev.bauta.proxy.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The words that lie beside this class, read once. Immutable and thread-safe. */
record WordLists(
        Set<String> people, Set<String> firstNames, Set<String> lastNames, Set<String> cities, Set<String> streets) {
    static final WordLists SHIPPED = new WordLists(
            section("people"), section("first names"), section("last names"), section("cities"), section("streets"));

    private static Set<String> section(String name) {
        Set<String> words = new HashSet<>();
        boolean inside = false;
        for (String line : lines("words.txt")) {
            if (line.startsWith("[")) {
                inside = line.equals("[" + name + "]");
            } else if (inside) {
                words.addAll(List.of(line.split(" ")));
            }
        }
        return Collections.unmodifiableSet(words);
    }

    /** The lines of a resource but for comments and empty ones. */
    static List<String> lines(String resource) {
        try (InputStream in = WordLists.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
