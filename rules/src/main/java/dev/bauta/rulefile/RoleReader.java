package dev.bauta.rulefile;

import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Shapes;
import dev.bauta.yaml.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code roles}. Not thread-safe. */
final class RoleReader {
    private static final List<String> KEYS = List.of("name", "users", "access");
    private static final Map<String, Access> ACCESS =
            Map.of("raw", Access.RAW, "masked", Access.MASKED, "refused", Access.REFUSED);
    private static final List<String> ACCESS_WORDS = List.of("raw", "masked", "refused");
    private static final String USERS_ADVICE = "list database users, such as users: [postgres, \"admin_*\"]";
    /** What audit and messages call those whom no role matches. */
    private static final String RESERVED = "default";

    private final Problems problems;
    private final Shapes shapes;
    private final PatternReader patterns;
    private final Map<String, Node.Scalar> names = new HashMap<>();
    private final Precedence<NamePattern> precedence = new Precedence<>(NamePattern::covers);

    RoleReader(Problems problems) {
        this.problems = problems;
        this.shapes = new Shapes(problems);
        this.patterns = new PatternReader(problems);
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
        List<NamePattern> users =
                section.require("users", USERS_ADVICE).map(this::users).orElse(List.of());
        Optional<Access> access =
                section.require("access", "write raw, masked or refused").flatMap(this::access);
        return name.flatMap(n -> access.map(a -> new RoleRule(n, users, a, mapping.at())));
    }

    private Optional<String> name(Node node) {
        Optional<Node.Scalar> scalar = shapes.text(node, "'name'");
        scalar.ifPresent(this::checkName);
        return scalar.map(Node.Scalar::text);
    }

    private void checkName(Node.Scalar name) {
        Node.Scalar first = names.putIfAbsent(name.text(), name);
        if (first != null) {
            String line = String.valueOf(first.at().line());
            problems.add(name, "the role " + Words.quoted(name.text()) + " is already defined in line " + line);
        }
        if (name.text().equals(RESERVED)) {
            problems.add(name, "'default' is what users without a role are called; choose another name");
        }
    }

    private List<NamePattern> users(Node node) {
        List<NamePattern> users = new ArrayList<>();
        for (Node item : shapes.listOrOne(node, "'users'")) {
            shapes.text(item, "a user").flatMap(this::user).ifPresent(users::add);
        }
        return users;
    }

    private Optional<NamePattern> user(Node.Scalar scalar) {
        Optional<NamePattern> user = patterns.name(scalar);
        user.flatMap(pattern -> precedence.add(pattern, pattern.isExact(), scalar))
                .ifPresent(earlier -> problems.add(scalar, "user " + Precedence.unreachable(scalar, earlier)));
        return user;
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
