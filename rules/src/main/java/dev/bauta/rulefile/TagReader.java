package dev.bauta.rulefile;

import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Shapes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads tags, and {@code masks}, which says what is done to columns of a tag. Not thread-safe. */
final class TagReader {
    private static final List<String> KEYS = List.of("tag", "mask", "until");
    private static final String TAG_ADVICE = "say which tag it is about, such as tag: pii.email";
    private static final String MASK_ADVICE = "name a mask, or write mask: none to leave the columns clear";
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9_*-]+(\\.[A-Za-z0-9_*-]+)*");

    private final Problems problems;
    private final Shapes shapes;
    private final MaskReader masks;
    private final UntilReader until;
    private final Precedence<NamePattern> precedence = new Precedence<>(NamePattern::covers);

    TagReader(MaskReader masks, Problems problems) {
        this.masks = masks;
        this.problems = problems;
        this.shapes = new Shapes(problems);
        this.until = new UntilReader(problems);
    }

    /** The rules that could be read. */
    List<TagRule> read(Node node) {
        List<TagRule> rules = new ArrayList<>();
        for (Node item : shapes.list(node, "'masks'")) {
            shapes.mapping(item, "an entry of 'masks'").flatMap(this::rule).ifPresent(rules::add);
        }
        return rules;
    }

    private Optional<TagRule> rule(Node.Mapping mapping) {
        Section section = Section.of(mapping, "this entry", KEYS, problems);
        Optional<Instant> end = section.find("until").flatMap(until::read);
        boolean lasting = section.find("until").isEmpty();
        Optional<NamePattern> tag = section.require("tag", TAG_ADVICE).flatMap(node -> pattern(node, lasting));
        Optional<Treatment> treatment = section.require("mask", MASK_ADVICE).flatMap(masks::read);
        return tag.flatMap(t -> treatment.map(done -> new TagRule(t, done, end.orElse(null), mapping.at())));
    }

    private Optional<NamePattern> pattern(Node node, boolean lasting) {
        return shapes.text(node, "'tag'")
                .filter(scalar -> check(
                        scalar,
                        scalar.text().length() <= ColumnRule.LONGEST_TAG
                                && PATTERN.matcher(scalar.text()).matches()))
                .map(scalar -> {
                    NamePattern pattern = new NamePattern(scalar.text());
                    precedence
                            .place(pattern, pattern.isExact(), lasting, scalar)
                            .ifPresent(problem -> problems.add(scalar, "tag " + problem));
                    return pattern;
                });
    }

    /** A tag, without anything that stands for others. */
    Optional<String> tag(Node node) {
        Optional<Node.Scalar> tag = shapes.text(node, "'tag'");
        tag.ifPresent(scalar -> check(scalar, ColumnRule.isTag(scalar.text())));
        return tag.map(Node.Scalar::text);
    }

    private boolean check(Node.Scalar scalar, boolean good) {
        if (!good) {
            problems.add(scalar, "a tag is words of letters, digits, '_' and '-' with dots between, such as pii.email");
        }
        return good;
    }
}
