package dev.bauta.mustwork;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of statements of one kind. Paragraphs are sessions, lines are statements; a line that starts with blanks goes on with the
 * statement before. The first line names the group. A statement that ends in {@code -- ERROR 22012} fails with that SQLSTATE.
 *
 * @param file the file's name
 * @param name what the statements are
 * @param sessions the statements of each session
 */
record Group(String file, String name, List<List<String>> sessions) {
    private static final String EXPECTED_ERROR = "-- ERROR ";

    /** Statements that name no protected relation, compared with the same database. */
    private static final List<String> CLEAR = List.of(
            "reporting",
            "crud",
            "transactions",
            "cursors",
            "prepared",
            "copy",
            "temporary",
            "json",
            "arrays",
            "ranges",
            "text",
            "windows",
            "with",
            "sets",
            "dates",
            "explain",
            "psql",
            "schema",
            "startup",
            "upserts",
            "errors");

    /** Statements on protected relations, compared with views written by hand. */
    private static final List<String> PROTECTED =
            List.of("masked-reporting", "masked-queries", "masked-functions", "masked-statements");

    static List<Group> all(boolean clear) {
        return (clear ? CLEAR : PROTECTED).stream().map(Group::read).toList();
    }

    /** True when OIDs of what the statements create show, which differ from server to server. */
    boolean createsRelations() {
        return file.equals("temporary") || file.equals("prepared");
    }

    private static Group read(String file) {
        List<List<String>> sessions = new ArrayList<>();
        String[] head = text(file + ".sql").split("\n", 2);
        for (String paragraph : head[1].strip().split("\n\\s*\n")) {
            List<String> statements = new ArrayList<>();
            for (String line : paragraph.split("\n")) {
                if (line.startsWith(" ")) {
                    statements.add(statements.remove(statements.size() - 1) + "\n" + line);
                } else {
                    statements.add(line);
                }
            }
            sessions.add(statements);
        }
        return new Group(file, head[0].substring("-- ".length()), sessions);
    }

    static String text(String file) {
        return resource("/mustwork/" + file);
    }

    static String resource(String file) {
        try (InputStream in = Group.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size() {
        return sessions.stream().mapToInt(List::size).sum();
    }

    /** The SQLSTATE that the statement must end with; empty for one that succeeds. */
    static String expectedError(String statement) {
        int at = statement.indexOf(EXPECTED_ERROR);
        return at < 0 ? "" : statement.substring(at + EXPECTED_ERROR.length()).strip();
    }

    @Override
    public String toString() {
        return name;
    }
}
