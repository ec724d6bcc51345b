package dev.bauta.mask;

import dev.bauta.mask.FlatPattern.Group;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code regex} puts in place of a match: text, in which {@code \1} to {@code \9} stand for groups and {@code \\} for a
 * backslash. Immutable.
 *
 * @param parts the parts in order
 */
record Replacement(List<Part> parts) {
    /**
     * Text, or a group of the match.
     *
     * @param text the text, empty for a group
     * @param group the group's number from 1, 0 for text
     */
    record Part(String text, int group) {}

    /** Reads a replacement for a pattern with so many groups. */
    static Replacement parse(Parameters parameters, String name, int groups) throws MaskParameterException {
        String written = parameters.text(name, "");
        List<Part> parts = new ArrayList<>();
        int i = 0;
        while (i < written.length()) {
            char c = written.charAt(i++);
            if (c != '\\') {
                parts.add(new Part(String.valueOf(c), 0));
                continue;
            }
            int group = i < written.length() ? "\\123456789".indexOf(written.charAt(i++)) : -1;
            if (group < 0 || group > groups) {
                throw parameters.wrong(
                        name, "must have after a backslash the number of a group of the pattern or a backslash");
            }
            parts.add(group == 0 ? new Part("\\", 0) : new Part("", group));
        }
        return new Replacement(List.copyOf(parts));
    }

    /** The replacement as PostgreSQL reads it. */
    String sql() {
        StringBuilder sql = new StringBuilder();
        for (Part part : parts) {
            sql.append(part.group() > 0 ? "\\" + part.group() : part.text().replace("\\", "\\\\"));
        }
        return sql.toString();
    }

    /** What stands in place of a match. */
    String of(int[] text, int[] match, List<Group> groups) {
        StringBuilder replaced = new StringBuilder();
        for (Part part : parts) {
            if (part.group() > 0) {
                Group group = groups.get(part.group() - 1);
                int first = match[group.first()];
                replaced.append(new String(text, first, match[group.end()] - first));
            } else {
                replaced.append(part.text());
            }
        }
        return replaced.toString();
    }
}
