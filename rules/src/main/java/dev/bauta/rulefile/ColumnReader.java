package dev.bauta.rulefile;

import dev.bauta.text.Shown;
import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Shapes;
import dev.bauta.yaml.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads {@code columns}, the file's or a role's. Not thread-safe. */
final class ColumnReader {
    private static final List<String> FILE_KEYS = List.of("match", "types", "comments", "tag", "mask", "until");
    private static final List<String> ROLE_KEYS = List.of("match", "types", "comments", "mask", "until");
    private static final String MATCH_ADVICE = "say which columns it is about, such as match: public.customers.email";
    private static final String MASK_ADVICE = "name a mask, or write mask: none to leave the columns clear";
    private static final ColumnPattern ANY =
            new ColumnPattern(new NamePattern("*"), new NamePattern("*"), new NamePattern("*"));

    private final boolean ofRole;
    private final Problems problems;
    private final Shapes shapes;
    private final PatternReader patterns;
    private final MaskReader masks;
    private final TagReader tags;
    private final UntilReader until;
    private final Precedence<ColumnPattern> precedence = new Precedence<>(ColumnPattern::covers);

    private ColumnReader(boolean ofRole, MaskReader masks, Problems problems) {
        this.ofRole = ofRole;
        this.masks = masks;
        this.problems = problems;
        this.shapes = new Shapes(problems);
        this.patterns = new PatternReader(problems);
        this.tags = new TagReader(masks, problems);
        this.until = new UntilReader(problems);
    }

    /** For the rules for everybody, which can tag columns. */
    static ColumnReader ofFile(MaskReader masks, Problems problems) {
        return new ColumnReader(false, masks, problems);
    }

    /** For the rules of one role. */
    static ColumnReader ofRole(MaskReader masks, Problems problems) {
        return new ColumnReader(true, masks, problems);
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
        Section section = Section.of(mapping, "this column rule", ofRole ? ROLE_KEYS : FILE_KEYS, problems);
        Optional<Instant> end = section.find("until").flatMap(until::read);
        ColumnSelector selector = selector(section);
        Optional<String> tag = ofRole ? Optional.empty() : section.find("tag").flatMap(tags::tag);
        boolean tagged = !ofRole && section.find("tag").isPresent();
        Optional<Node> mask = tagged ? section.find("mask") : section.require("mask", MASK_ADVICE);
        Optional<Treatment> treatment = mask.flatMap(masks::read);
        return tag.isEmpty() && treatment.isEmpty()
                ? Optional.empty()
                : Optional.of(new ColumnRule(
                        selector, tag.orElse(null), treatment.orElse(null), end.orElse(null), mapping.at()));
    }

    private ColumnSelector selector(Section section) {
        boolean byName =
                section.find("types").isEmpty() && section.find("comments").isEmpty();
        boolean alone = byName && section.find("until").isEmpty();
        Optional<Node> match = byName ? section.require("match", MATCH_ADVICE) : section.find("match");
        List<ColumnPattern> columns = match.map(node -> columns(node, alone)).orElse(byName ? List.of() : List.of(ANY));
        return new ColumnSelector(
                columns,
                section.find("types")
                        .map(node -> texts(node, "types", "a type"))
                        .orElse(List.of()),
                section.find("comments")
                        .map(node -> texts(node, "comments", "a comment"))
                        .orElse(List.of()));
    }

    private List<NamePattern> texts(Node node, String key, String what) {
        List<NamePattern> texts = new ArrayList<>();
        for (Node item : shapes.listOrOne(node, Words.quoted(key))) {
            shapes.text(item, what)
                    .map(scalar -> new NamePattern(scalar.text()))
                    .ifPresent(texts::add);
        }
        return texts;
    }

    private List<ColumnPattern> columns(Node node, boolean alone) {
        List<ColumnPattern> columns = new ArrayList<>();
        for (Node item : shapes.listOrOne(node, "'match'")) {
            shapes.text(item, "a pattern")
                    .flatMap(scalar -> column(scalar, alone))
                    .ifPresent(columns::add);
        }
        return columns;
    }

    private Optional<ColumnPattern> column(Node.Scalar scalar, boolean alone) {
        Optional<ColumnPattern> column = patterns.parts(scalar).flatMap(parts -> column(parts, scalar));
        column.flatMap(pattern -> precedence.place(pattern, pattern.isExact(), alone, scalar))
                .ifPresent(problem -> problems.add(scalar, "pattern " + problem));
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
        return Shown.oneLine(parts.stream().map(NamePattern::inPath).collect(Collectors.joining(".")));
    }
}
