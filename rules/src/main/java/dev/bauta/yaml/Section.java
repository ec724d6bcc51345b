package dev.bauta.yaml;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of one mapping, of which only known ones may stand there, and none twice. */
public final class Section {
    private final Location at;
    private final String name;
    private final Map<String, Node.Entry> entries;
    /** Keys that unknown ones were probably meant to be. */
    private final Set<String> misspelt = new HashSet<>();

    private final Problems problems;

    private Section(Location at, String name, Map<String, Node.Entry> entries, Problems problems) {
        this.at = at;
        this.name = name;
        this.entries = entries;
        this.problems = problems;
    }

    /**
     * @param name what the mapping is, for messages, such as {@code this role}
     * @param known all keys that it can have
     */
    public static Section of(Node.Mapping mapping, String name, List<String> known, Problems problems) {
        Section section = new Section(mapping.at(), name, distinct(mapping, problems), problems);
        mapping.entries().stream()
                .map(Node.Entry::key)
                .filter(key -> !known.contains(key.text()))
                .forEach(key -> section.reportUnknown(key, known));
        return section;
    }

    private void reportUnknown(Node.Scalar key, List<String> known) {
        problems.add(key, "unknown key " + Words.quoted(key.text()) + Words.suggestion(key.text(), known));
        Words.findNearest(key.text(), known).ifPresent(misspelt::add);
    }

    /** Entries by key in the file's order; a key that stands there again is reported. */
    public static Map<String, Node.Entry> distinct(Node.Mapping mapping, Problems problems) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (Node.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            Node.Entry first = entries.putIfAbsent(key, entry);
            if (first != null) {
                String line = "; it already stands in line " + first.key().at().line();
                problems.add(entry.key(), "key " + Words.quoted(key) + " stands here again" + line);
            }
        }
        return entries;
    }

    /** Where the mapping starts. */
    public Location at() {
        return at;
    }

    /** The key's value, if the key is there. */
    public Optional<Node> find(String key) {
        return Optional.ofNullable(entries.get(key)).map(Node.Entry::value);
    }

    /** The key's value; reports where the key is missing, unless a misspelt one was reported, with what to do about it. */
    public Optional<Node> require(String key, String advice) {
        Optional<Node> value = find(key);
        if (value.isEmpty() && !misspelt.contains(key)) {
            problems.add(at, name + " has no " + Words.quoted(key) + "; " + advice);
        }
        return value;
    }
}
