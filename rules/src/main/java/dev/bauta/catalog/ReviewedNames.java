package dev.bauta.catalog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What was reviewed of PostgreSQL's own functions and of well-known extensions, read from resources. Immutable.
 *
 * @param safeBuiltins names of stable and volatile functions of {@code pg_catalog} that may be called
 * @param unsafeBuiltins names of functions of {@code pg_catalog} that must not be called, with the reason
 * @param harmlessExtensions extensions whose functions may all be called
 */
record ReviewedNames(Set<String> safeBuiltins, Map<String, String> unsafeBuiltins, Set<String> harmlessExtensions) {
    ReviewedNames {
        safeBuiltins = Set.copyOf(safeBuiltins);
        unsafeBuiltins = Map.copyOf(unsafeBuiltins);
        harmlessExtensions = Set.copyOf(harmlessExtensions);
    }

    /** Reads the lists that come with Bauta. */
    static ReviewedNames read() {
        Map<String, String> unsafe = new HashMap<>();
        for (String line : lines("unsafe-builtins.txt")) {
            int colon = line.indexOf(": ");
            unsafe.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return new ReviewedNames(
                new HashSet<>(lines("safe-builtins.txt")), unsafe, new HashSet<>(lines("harmless-extensions.txt")));
    }

    private static List<String> lines(String resource) {
        try (InputStream stream = Objects.requireNonNull(ReviewedNames.class.getResourceAsStream(resource), resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
