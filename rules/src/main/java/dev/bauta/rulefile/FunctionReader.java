package dev.bauta.rulefile;

import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Shapes;
import dev.bauta.yaml.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code functions}. Not thread-safe. */
final class FunctionReader {
    private static final List<String> KEYS = List.of("allow");
    private static final String ADVICE = "list functions, such as allow: [public.my_function, \"stats.*\"]";

    private final Problems problems;
    private final Shapes shapes;
    private final PatternReader patterns;
    private final Precedence<List<NamePattern>> precedence = new Precedence<>(FunctionReader::covers);

    FunctionReader(Problems problems) {
        this.problems = problems;
        this.shapes = new Shapes(problems);
        this.patterns = new PatternReader(problems);
    }

    /** The allowed functions that could be read. */
    List<RuleSet.FunctionPattern> read(Node node) {
        return shapes.mapping(node, "'functions'")
                .map(mapping -> Section.of(mapping, "'functions'", KEYS, problems))
                .flatMap(section -> section.require("allow", ADVICE))
                .map(this::allowed)
                .orElse(List.of());
    }

    private List<RuleSet.FunctionPattern> allowed(Node node) {
        List<RuleSet.FunctionPattern> functions = new ArrayList<>();
        for (Node item : shapes.list(node, "'allow'")) {
            shapes.text(item, "a function").flatMap(this::function).ifPresent(functions::add);
        }
        return functions;
    }

    private Optional<RuleSet.FunctionPattern> function(Node.Scalar scalar) {
        Optional<RuleSet.FunctionPattern> function = patterns.parts(scalar).flatMap(parts -> function(parts, scalar));
        function.flatMap(pattern ->
                        precedence.add(List.of(pattern.schema(), pattern.function()), pattern.isExact(), scalar))
                .ifPresent(earlier -> fail(scalar, allowedAlready(earlier, scalar)));
        return function;
    }

    private Optional<RuleSet.FunctionPattern> function(List<NamePattern> parts, Node.Scalar scalar) {
        if (scalar.text().endsWith(")")) {
            return fail(scalar, "has parentheses; write schema.function, which allows all functions of that name");
        }
        if (parts.size() != 2) {
            return fail(scalar, "is not of the form schema.function");
        }
        if (parts.get(0).isAny()) {
            return fail(scalar, "leaves the schema open, where anybody may create functions; name the schema");
        }
        if (parts.get(0).matches("pg_catalog")) {
            return fail(
                    scalar,
                    "covers pg_catalog, of which nothing can be allowed: what is harmless there is allowed already");
        }
        return Optional.of(new RuleSet.FunctionPattern(parts.get(0), parts.get(1), scalar.at()));
    }

    private static boolean covers(List<NamePattern> earlier, List<NamePattern> later) {
        return earlier.get(0).covers(later.get(0)) && earlier.get(1).covers(later.get(1));
    }

    private static String allowedAlready(Node.Scalar earlier, Node.Scalar written) {
        return "is allowed already, by " + Words.quoted(earlier.text()) + " in "
                + earlier.at().lineFrom(written.at());
    }

    private Optional<RuleSet.FunctionPattern> fail(Node.Scalar scalar, String message) {
        problems.add(scalar, Words.quoted(scalar.text()) + " " + message);
        return Optional.empty();
    }
}
