package dev.bauta.rulefile;

import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Shapes;
import dev.bauta.yaml.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code tables}, the file's or a role's. Not thread-safe. */
final class TableReader {
    private static final List<String> KEYS = List.of("match", "access", "rows", "writes", "until");
    private static final String MATCH_ADVICE = "say which tables it is about, such as match: public.orders";

    private final Problems problems;
    private final Shapes shapes;
    private final PatternReader patterns;
    private final UntilReader until;

    TableReader(Problems problems) {
        this.problems = problems;
        this.shapes = new Shapes(problems);
        this.patterns = new PatternReader(problems);
        this.until = new UntilReader(problems);
    }

    /** The rules that could be read. */
    List<TableRule> read(Node node) {
        List<TableRule> rules = new ArrayList<>();
        for (Node item : shapes.list(node, "'tables'")) {
            shapes.mapping(item, "a table rule").map(this::rule).ifPresent(rules::add);
        }
        return rules;
    }

    private TableRule rule(Node.Mapping mapping) {
        Section section = Section.of(mapping, "this table rule", KEYS, problems);
        if (List.of("access", "rows", "writes").stream()
                .allMatch(key -> section.find(key).isEmpty())) {
            problems.add(mapping, "this table rule says nothing; give it 'access', 'rows' or 'writes'");
        }
        List<TablePattern> tables =
                section.require("match", MATCH_ADVICE).map(this::tables).orElse(List.of());
        Optional<Boolean> refused = section.find("access").flatMap(node -> choice(node, "access", "refused", "masked"));
        Optional<RowFilter> rows = section.find("rows").flatMap(this::rows);
        Optional<Boolean> writable =
                section.find("writes").flatMap(node -> choice(node, "writes", "allowed", "refused"));
        Optional<Instant> end = section.find("until").flatMap(until::read);
        return new TableRule(
                tables,
                refused.map(word -> !word).orElse(null),
                rows.orElse(null),
                writable.orElse(null),
                end.orElse(null),
                mapping.at());
    }

    private List<TablePattern> tables(Node node) {
        List<TablePattern> tables = new ArrayList<>();
        for (Node item : shapes.listOrOne(node, "'match'")) {
            shapes.text(item, "a pattern").flatMap(this::table).ifPresent(tables::add);
        }
        return tables;
    }

    private Optional<TablePattern> table(Node.Scalar scalar) {
        Optional<List<NamePattern>> parts = patterns.parts(scalar);
        if (parts.isPresent() && parts.get().size() != 2) {
            problems.add(scalar, Words.quoted(scalar.text()) + " is not of the form schema.table");
            return Optional.empty();
        }
        return parts.map(two -> new TablePattern(two.get(0), two.get(1)));
    }

    /** True for the first of two words. */
    private Optional<Boolean> choice(Node node, String key, String yes, String no) {
        String word =
                shapes.text(node, Words.quoted(key)).map(Node.Scalar::text).orElse(yes);
        if (!word.equals(yes) && !word.equals(no)) {
            problems.add(node, Words.quoted(key) + " of a table is " + yes + " or " + no);
        }
        return Optional.of(word.equals(yes));
    }

    private Optional<RowFilter> rows(Node node) {
        Optional<Node.Scalar> text = shapes.text(node, "'rows'");
        if (text.isEmpty() || text.get().text().equals("all")) {
            return text.map(all -> RowFilter.ALL);
        }
        try {
            return Optional.of(RowFilterParser.parse(text.get().text()));
        } catch (RowFilterParser.NoConditionException e) {
            problems.add(node, "'rows' is no condition that Bauta understands: " + e.getMessage());
            return Optional.empty();
        }
    }
}
