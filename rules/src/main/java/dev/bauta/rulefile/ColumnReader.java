package dev.bauta.rulefile;

import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Shapes;
import dev.bauta.yaml.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code columns}. Not thread-safe. */
final class ColumnReader {
    private static final List<String> KEYS = List.of("match", "tag", "mask");
    private static final String MATCH_ADVICE = "say which columns it is about, such as match: public.customers.email";
    private static final String MASK_ADVICE = "name a mask, or write mask: none to leave the columns clear";
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final int LONGEST_TAG = 63;

    private final Problems problems;
    private final Shapes shapes;
    private final PatternReader patterns;
    private final MaskReader masks;
    private final Precedence<ColumnPattern> precedence = new Precedence<>(ColumnPattern::covers);

    ColumnReader(MaskReader masks, Problems problems) {
        this.masks = masks;
        this.problems = problems;
        this.shapes = new Shapes(problems);
        this.patterns = new PatternReader(problems);
    }

    /** The rules that could be read. */
    List<ColumnRule> read(Node node) {
        List<ColumnRule> rules = new ArrayList<>();
        for (Node item : shapes.list(node, "'columns'")) {
            shapes.mapping(item, "a column rule").flatMap(this::rule).ifPresent(rules::add);
        }
        return rules;
    }

    private Optional<ColumnRule> rule(Node.Mapping mapping) {
        Section section = Section.of(mapping, "this column rule", KEYS, problems);
        List<ColumnPattern> columns =
                section.require("match", MATCH_ADVICE).map(this::columns).orElse(List.of());
        Optional<String> tag = section.find("tag").flatMap(this::tag);
        return section.require("mask", MASK_ADVICE)
                .flatMap(masks::read)
                .map(choice -> new ColumnRule(columns, tag.orElse(null), choice.mask(), mapping.at()));
    }

    private List<ColumnPattern> columns(Node node) {
        List<ColumnPattern> columns = new ArrayList<>();
        for (Node item : shapes.listOrOne(node, "'match'")) {
            shapes.text(item, "a pattern").flatMap(this::column).ifPresent(columns::add);
        }
        return columns;
    }

    private Optional<ColumnPattern> column(Node.Scalar scalar) {
        Optional<ColumnPattern> column = patterns.parts(scalar).flatMap(parts -> column(parts, scalar));
        column.flatMap(pattern -> precedence.add(pattern, pattern.isExact(), scalar))
                .ifPresent(earlier -> problems.add(scalar, "pattern " + Precedence.unreachable(scalar, earlier)));
        return column;
    }

    private Optional<ColumnPattern> column(List<NamePattern> parts, Node.Scalar scalar) {
        if (parts.size() == 3) {
            return Optional.of(new ColumnPattern(parts.get(0), parts.get(1), parts.get(2)));
        }
        problems.add(scalar, Words.quoted(scalar.text()) + " " + countFault(parts));
        return Optional.empty();
    }

    /** Two parts could be read as schema and table, or as table and column; a rule that means the other would protect nothing. */
    private static String countFault(List<NamePattern> parts) {
        return switch (parts.size()) {
            case 1 -> "names no table; write schema.table.column, such as *.*.ssn for a column in any table";
            case 2 ->
                "has two parts; write *.%1$s for a column in any schema, %1$s.* for all columns of a table"
                        .formatted(path(parts));
            default ->
                "has " + parts.size() + " parts; write schema.table.column, and double quotes around a part with dots";
        };
    }

    private static String path(List<NamePattern> parts) {
        return Words.oneLine(parts.stream().map(NamePattern::inPath).collect(Collectors.joining(".")));
    }

    private Optional<String> tag(Node node) {
        Optional<Node.Scalar> tag = shapes.text(node, "'tag'");
        if (tag.isPresent() && !isTag(tag.get().text())) {
            problems.add(node, "a tag is words of letters, digits, '_' and '-' with dots between, such as pii.email");
        }
        return tag.map(Node.Scalar::text);
    }

    private static boolean isTag(String text) {
        return text.length() <= LONGEST_TAG && TAG.matcher(text).matches();
    }
}
