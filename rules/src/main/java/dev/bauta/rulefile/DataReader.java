package dev.bauta.rulefile;

import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Shapes;
import dev.bauta.yaml.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what is done to data, which the file has for everybody and a role for itself. Not thread-safe. */
final class DataReader {
    /** The keys that say so. */
    static final List<String> KEYS = List.of("masks", "columns", "tables", "unclassified", "statements");

    private static final List<String> STATEMENT_KEYS = List.of("allow", "refuse");
    private static final List<String> POSTURE_WORDS = List.of("allow", "mask", "refuse");
    private static final Map<String, Posture> POSTURES =
            Map.of("allow", Posture.ALLOW, "mask", Posture.MASK, "refuse", Posture.REFUSE);

    private final MaskReader masks;
    private final Problems problems;
    private final Shapes shapes;
    private final ColumnReader fileColumns;
    private final TagReader fileTags;

    DataReader(MaskReader masks, Problems problems) {
        this.masks = masks;
        this.problems = problems;
        this.shapes = new Shapes(problems);
        this.fileColumns = ColumnReader.ofFile(masks, problems);
        this.fileTags = new TagReader(masks, problems);
    }

    /** The file's, or those of a file that it includes. */
    DataRules ofFile(Section section) {
        return read(section, fileColumns, fileTags);
    }

    /** A role's. */
    DataRules ofRole(Section section) {
        return read(section, ColumnReader.ofRole(masks, problems), new TagReader(masks, problems));
    }

    private DataRules read(Section section, ColumnReader columns, TagReader tags) {
        return new DataRules(
                section.find("columns").map(columns::read).orElse(List.of()),
                section.find("masks").map(tags::read).orElse(List.of()),
                section.find("tables").map(new TableReader(problems)::read).orElse(List.of()),
                section.find("unclassified").flatMap(this::posture).orElse(null),
                section.find("statements").flatMap(this::denied).orElse(null));
    }

    private Optional<Posture> posture(Node node) {
        return shapes.text(node, "'unclassified'").flatMap(scalar -> {
            Optional<Posture> posture = Optional.ofNullable(POSTURES.get(scalar.text()));
            if (posture.isEmpty()) {
                String text = scalar.text();
                problems.add(scalar, "unknown word " + Words.quoted(text) + Words.suggestion(text, POSTURE_WORDS));
            }
            return posture;
        });
    }

    private Optional<Set<StatementKind>> denied(Node node) {
        return shapes.mapping(node, "'statements'").flatMap(mapping -> {
            Section section = Section.of(mapping, "'statements'", STATEMENT_KEYS, problems);
            Optional<Node> allow = section.find("allow");
            Optional<Node> refuse = section.find("refuse");
            if (allow.isPresent() == refuse.isPresent()) {
                problems.add(mapping, "'statements' takes one of 'allow' and 'refuse'");
                return Optional.empty();
            }
            EnumSet<StatementKind> named = EnumSet.noneOf(StatementKind.class);
            shapes.listOrOne(allow.or(() -> refuse).orElseThrow(), allow.isPresent() ? "'allow'" : "'refuse'")
                    .forEach(item -> kind(item).ifPresent(named::add));
            return Optional.of(allow.isPresent() ? EnumSet.complementOf(named) : named);
        });
    }

    private Optional<StatementKind> kind(Node node) {
        return shapes.text(node, "a kind of statement").flatMap(scalar -> {
            Optional<StatementKind> kind = StatementKind.find(scalar.text());
            if (kind.isEmpty()) {
                String text = scalar.text();
                problems.add(
                        scalar,
                        "unknown kind of statement " + Words.quoted(text)
                                + Words.suggestion(text, StatementKind.words()));
            }
            return kind;
        });
    }
}
