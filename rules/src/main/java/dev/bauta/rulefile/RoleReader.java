package dev.bauta.rulefile;

import dev.bauta.text.Shown;
import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Shapes;
import dev.bauta.yaml.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code roles}. Not thread-safe. */
final class RoleReader {
    private static final List<String> KEYS = keys();
    private static final Map<String, Access> ACCESS =
            Map.of("raw", Access.RAW, "masked", Access.MASKED, "refused", Access.REFUSED);
    private static final List<String> ACCESS_WORDS = List.of("raw", "masked", "refused");
    private static final int LONGEST_PURPOSE = 200;
    /** What audit and messages call those whom no role matches. */
    private static final String RESERVED = "default";

    private final Problems problems;
    private final Shapes shapes;
    private final ConditionReader conditions;
    private final DataReader data;
    private final UntilReader until;
    private final Map<String, Node.Scalar> names = new HashMap<>();

    RoleReader(DataReader data, Problems problems) {
        this.data = data;
        this.problems = problems;
        this.shapes = new Shapes(problems);
        this.conditions = new ConditionReader(problems);
        this.until = new UntilReader(problems);
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(List.of("name"));
        keys.addAll(ConditionReader.KEYS);
        keys.addAll(List.of("access", "purpose", "until"));
        keys.addAll(DataReader.KEYS);
        return List.copyOf(keys);
    }

    /** The roles that could be read. */
    List<RoleRule> read(Node node) {
        List<RoleRule> roles = new ArrayList<>();
        for (Node item : shapes.list(node, "'roles'")) {
            shapes.mapping(item, "a role").flatMap(this::role).ifPresent(roles::add);
        }
        return roles;
    }

    private Optional<RoleRule> role(Node.Mapping mapping) {
        Section section = Section.of(mapping, "this role", KEYS, problems);
        Optional<String> name =
                section.require("name", "give it one, such as name: dba").flatMap(this::name);
        RoleConditions whom = conditions.read(section);
        Optional<Access> access =
                section.require("access", "write raw, masked or refused").flatMap(this::access);
        Optional<String> purpose = section.find("purpose").flatMap(this::purpose);
        Optional<Instant> end = section.find("until").flatMap(until::read);
        DataRules own = data.ofRole(section);
        access.ifPresent(word -> requireUse(section, word));
        return name.flatMap(n ->
                access.map(a -> new RoleRule(n, whom, a, purpose.orElse(null), end.orElse(null), own, mapping.at())));
    }

    /** Rules about data are of use to masked roles alone. */
    private void requireUse(Section section, Access access) {
        if (access == Access.MASKED) {
            return;
        }
        String word = access == Access.RAW ? "raw" : "refused";
        for (String key : DataReader.KEYS) {
            section.find(key)
                    .ifPresent(node -> problems.add(
                            node,
                            Words.quoted(key) + " is of no use to a role with access: " + word + "; take it out"));
        }
    }

    private Optional<String> purpose(Node node) {
        Optional<Node.Scalar> purpose = shapes.text(node, "'purpose'");
        if (purpose.isPresent()) {
            String text = purpose.get().text();
            if (text.length() > LONGEST_PURPOSE || !text.equals(Shown.oneLine(text))) {
                problems.add(node, "a purpose is one line of at most 200 characters");
            }
        }
        return purpose.map(Node.Scalar::text);
    }

    private Optional<String> name(Node node) {
        Optional<Node.Scalar> scalar = shapes.text(node, "'name'");
        scalar.ifPresent(this::checkName);
        return scalar.map(Node.Scalar::text);
    }

    private void checkName(Node.Scalar name) {
        Node.Scalar first = names.putIfAbsent(name.text(), name);
        if (first != null) {
            String line = first.at().lineFrom(name.at());
            problems.add(name, "the role " + Words.quoted(name.text()) + " is already defined in " + line);
        }
        if (name.text().equals(RESERVED)) {
            problems.add(name, "'default' is what users without a role are called; choose another name");
        }
    }

    private Optional<Access> access(Node node) {
        return shapes.text(node, "'access'").flatMap(this::access);
    }

    private Optional<Access> access(Node.Scalar scalar) {
        String text = scalar.text();
        Optional<Access> access = Optional.ofNullable(ACCESS.get(text));
        if (access.isEmpty()) {
            problems.add(scalar, "unknown access " + Words.quoted(text) + Words.suggestion(text, ACCESS_WORDS));
        }
        return access;
    }
}
