package dev.bauta.rulefile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A rule file that cannot be used, from {@code rulefile/problems.txt}.
 *
 * @param name what it shows
 * @param text the file
 * @param problems all that is said about it, a line each
 */
record ProblemCase(String name, String text, String problems) {
    private static final String SOURCE = "/rulefile/problems.txt";

    static List<ProblemCase> all() {
        String[] chunks = source().split("(?m)^=== ");
        return Arrays.stream(chunks).skip(1).map(ProblemCase::parse).toList();
    }

    private static ProblemCase parse(String chunk) {
        int text = chunk.indexOf('\n') + 1;
        String separator = "---> problems\n";
        int problems = chunk.indexOf(separator, text);
        return new ProblemCase(
                chunk.substring(0, text).strip(),
                chunk.substring(text, problems),
                chunk.substring(problems + separator.length()).strip());
    }

    private static String source() {
        try (InputStream in = ProblemCase.class.getResourceAsStream(SOURCE)) {
            if (in == null) {
                throw new IllegalStateException("no " + SOURCE);
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
