package dev.bauta.proxy.command;

import dev.bauta.rulefile.Location;
import java.util.List;

/** A piece of a YAML file that remembers where it stands. Immutable. */
sealed interface YamlNode {
    /** Where it starts. */
    Location at();

    /** What it is, for messages. */
    String kind();

    /** A single value as text, empty for {@code null}. */
    record Scalar(String text, Location at) implements YamlNode {
        @Override
        public String kind() {
            return "a value";
        }

        /** Not the text, which may be a password. */
        @Override
        public String toString() {
            return "Scalar[" + at + "]";
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, Location at) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys with values, in the file's order; a key may stand there twice. */
    record Mapping(List<Entry> entries, Location at) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "keys with values";
        }
    }

    /** A key and its value. */
    record Entry(String key, Location at, YamlNode value) {}
}
