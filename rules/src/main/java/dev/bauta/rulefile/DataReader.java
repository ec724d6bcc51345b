package dev.bauta.rulefile;

import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import java.util.List;

/** Reads what is done to data, which the file has for everybody and a role for itself. Not thread-safe. */
final class DataReader {
    /** The keys that say so. */
    static final List<String> KEYS = List.of("masks", "columns");

    private final MaskReader masks;
    private final Problems problems;

    DataReader(MaskReader masks, Problems problems) {
        this.masks = masks;
        this.problems = problems;
    }

    /** The file's. */
    DataRules ofFile(Section section) {
        return read(section, ColumnReader.ofFile(masks, problems));
    }

    /** A role's. */
    DataRules ofRole(Section section) {
        return read(section, ColumnReader.ofRole(masks, problems));
    }

    private DataRules read(Section section, ColumnReader columns) {
        return new DataRules(
                section.find("columns").map(columns::read).orElse(List.of()),
                section.find("masks").map(new TagReader(masks, problems)::read).orElse(List.of()));
    }
}
