package dev.bauta.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The statements of {@code constructs.sql}.
 *
 * @param since the first version of PostgreSQL that accepts it
 * @param marked the statement with its references between « and »
 */
record Constructs(int since, String marked) {
    private static final String SINCE = "-- since ";

    static List<Constructs> all() throws IOException {
        List<Constructs> all = new ArrayList<>();
        int since = 0;
        for (String line : text().lines().toList()) {
            if (line.startsWith(SINCE)) {
                since = Integer.parseInt(line.substring(SINCE.length()));
            } else if (!line.isBlank() && !line.startsWith("--")) {
                all.add(new Constructs(since, line));
            }
        }
        return all;
    }

    private static String text() throws IOException {
        try (InputStream file = Constructs.class.getResourceAsStream("/coverage/constructs.sql")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The statement alone. */
    String sql() {
        return marked.replaceAll("[«»]", "");
    }
}
