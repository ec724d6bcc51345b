package dev.bauta.yaml;

import java.util.List;

/** A piece of a YAML file that remembers where it stands. Immutable; {@code toString} shows none of the content. */
public sealed interface Node {
    /** Where it starts. */
    Location at();

    /** What it is, for messages. */
    String kind();

    /**
     * A single value.
     *
     * @param text as the file has it, without quotes: {@code no} is the word no, {@code 010} is three characters
     * @param plain true when it stands there without quotes, so that it can be a number, true, false or null where one is expected
     * @param at where it starts
     */
    record Scalar(String text, boolean plain, Location at) implements Node {
        /** True when nothing stands there, or {@code ~}. */
        public boolean isMissing() {
            return plain && (text.isEmpty() || text.equals("~"));
        }

        @Override
        public String kind() {
            return "a single value";
        }

        @Override
        public String toString() {
            return "Scalar[" + at + "]";
        }
    }

    /** A list. */
    record Sequence(List<Node> items, Location at) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys with values, in the file's order; a key may stand there twice. */
    record Mapping(List<Entry> entries, Location at) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "keys with values";
        }
    }

    /** A key and its value. */
    record Entry(Scalar key, Node value) {}
}
