package dev.bauta.mask;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random JSON documents with the keys that the masks' paths have, keys that stand twice, escapes, and numbers in every notation. */
final class SampleDocuments {
    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-0.00",
            "1.50",
            "-7",
            "1e3",
            "1.20E-2",
            "-0e5",
            "0.0e-3",
            "-12.5e+1",
            "1e999",
            "12345678901234567890.000",
            "\"\"",
            "\"maria@example.com\"",
            "\"\\/ \\b\\f\\n\\r\\t \\\" \\\\ \\u00e9 \\u001f \\u007f \u007f\"",
            "\"\\ud83d\\ude00 😀 \\u2028\"",
            "\"\\\\u0041\"",
            "\"NaN\"");

    private static final List<String> KEYS =
            List.of("a", "b", "c", "d", "a.b", "", "aa", "é", "\\u0061", "z\\\"", "😀");

    private static final List<String> BLANKS = List.of("", "", " ", "\n\t ");

    private SampleDocuments() {}

    static String random(Random random) {
        return document(random, 4);
    }

    private static String document(Random random, int depth) {
        String blank = pick(BLANKS, random);
        int kind = depth == 0 ? 0 : random.nextInt(4);
        if (kind < 2 && depth < 4) {
            return blank + pick(SCALARS, random) + blank;
        }
        return kind % 2 == 0
                ? joined("[", "]", blank, random, part -> document(random, depth - 1))
                : joined(
                        "{",
                        "}",
                        blank,
                        random,
                        part -> blank + "\"" + pick(KEYS, random) + "\"" + blank + ":" + document(random, depth - 1));
    }

    private static String joined(
            String open, String close, String blank, Random random, Function<Integer, String> part) {
        return IntStream.range(0, random.nextInt(6))
                .boxed()
                .map(part)
                .collect(Collectors.joining(",", open, blank + close));
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
