package dev.bauta.rulefile;

import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Shapes;
import dev.bauta.yaml.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads whom the roles are for. Not thread-safe. */
final class ConditionReader {
    /** The keys of a role that say whom it is for. */
    static final List<String> KEYS = List.of("users", "member-of", "databases", "networks", "tls", "certificates");

    private static final String USERS_ADVICE = "list database users, such as users: [postgres, \"admin_*\"]";

    private final Problems problems;
    private final Shapes shapes;
    private final PatternReader patterns;
    private final NetworkReader networks;
    private final Precedence<NamePattern> users = new Precedence<>(NamePattern::covers);

    ConditionReader(Problems problems) {
        this.problems = problems;
        this.shapes = new Shapes(problems);
        this.patterns = new PatternReader(problems);
        this.networks = new NetworkReader(problems);
    }

    /** The conditions that could be read; a role without any is reported. */
    RoleConditions read(Section section) {
        if (KEYS.stream().allMatch(key -> section.find(key).isEmpty())) {
            section.require("users", USERS_ADVICE);
        }
        boolean byUser = section.find("until").isEmpty()
                && KEYS.stream().skip(1).allMatch(key -> section.find(key).isEmpty());
        return new RoleConditions(
                list(section, "users", "a user", scalar -> user(scalar, byUser)),
                list(section, "member-of", "a role of PostgreSQL", patterns::name),
                list(section, "databases", "a database", patterns::name),
                list(section, "networks", "a network", networks::read),
                section.find("tls").map(this::tls).orElse(false),
                list(
                        section,
                        "certificates",
                        "a certificate's subject",
                        scalar -> Optional.of(new NamePattern(scalar.text()))));
    }

    private <T> List<T> list(Section section, String key, String what, Function<Node.Scalar, Optional<T>> item) {
        List<T> values = new ArrayList<>();
        section.find(key).map(node -> shapes.listOrOne(node, Words.quoted(key))).orElse(List.of()).stream()
                .flatMap(node -> shapes.text(node, what).stream())
                .flatMap(scalar -> item.apply(scalar).stream())
                .forEach(values::add);
        return values;
    }

    private Optional<NamePattern> user(Node.Scalar scalar, boolean byUser) {
        Optional<NamePattern> user = patterns.name(scalar);
        user.flatMap(pattern -> users.place(pattern, pattern.isExact(), byUser, scalar))
                .ifPresent(problem -> problems.add(scalar, "user " + problem));
        return user;
    }

    private boolean tls(Node node) {
        boolean required = node instanceof Node.Scalar scalar && scalar.text().equals("required");
        if (!required) {
            problems.add(node, "'tls' takes one word: required");
        }
        return required;
    }
}
