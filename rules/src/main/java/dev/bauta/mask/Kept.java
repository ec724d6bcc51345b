package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.util.List;
import java.util.stream.Stream;

/** What {@code partial} keeps of a string; the rest is hidden. Positions count code points. Immutable. */
sealed interface Kept {
    /**
     * A stretch of a string, in SQL an expression of type text, in Java the string itself.
     *
     * @param kept whether it is kept
     * @param text the stretch
     * @param room how many mask characters may stand for it where it is hidden and its length does not show
     */
    record Part(boolean kept, String text, int room) {
        static Part kept(String text) {
            return new Part(true, text, 0);
        }

        static Part hidden(String text, int room) {
            return new Part(false, text, room);
        }
    }

    /** How many characters are kept at most where that is known, else 0. */
    default int most() {
        return 0;
    }

    /** The condition under which a value lacks some of what is kept, or {@code hide} characters more; NULL for NULL. */
    String sqlLacks(String column, ColumnType type, int hide);

    /**
     * The parts, from the first, of a value that lacks nothing; {@code limit} is the most characters that the type has. What is kept of
     * NULL is NULL.
     */
    List<Part> sqlParts(String column, int limit);

    /** True for a value that lacks nothing. */
    boolean applies(String text, int hide);

    /** The same parts in Java. */
    List<Part> parts(String text, int limit);

    private static String substring(String column, String... positions) {
        return Sql.call(
                "substr",
                Stream.concat(Stream.of(Text.sql(column)), Stream.of(positions)).toArray(String[]::new));
    }

    private static String count(int count) {
        return Sql.constant("int4", count);
    }

    private static String substring(String text, int from, int to) {
        return Text.first(text.substring(text.offsetByCodePoints(0, from)), to - from);
    }

    /** The first and the last characters. */
    record Ends(int first, int last) implements Kept {
        @Override
        public int most() {
            return first + last;
        }

        @Override
        public String sqlLacks(String column, ColumnType type, int hide) {
            return Text.shorterSql(column, type, first + last + hide);
        }

        @Override
        public List<Part> sqlParts(String column, int limit) {
            String hidden =
                    substring(column, count(first + 1), Sql.op(Text.lengthSql(column), "-", count(first + last)));
            Part middle = Part.hidden(hidden, limit - first - last);
            return present(Sql.call("left", column, count(first)), middle, Sql.call("right", column, count(last)));
        }

        @Override
        public boolean applies(String text, int hide) {
            return Text.length(text) >= first + last + hide;
        }

        @Override
        public List<Part> parts(String text, int limit) {
            Part middle = Part.hidden(substring(text, first, Text.length(text) - last), limit - first - last);
            return present(Text.first(text, first), middle, Text.last(text, last));
        }

        /** Without an end of which nothing is kept. */
        private List<Part> present(String start, Part middle, String end) {
            return Stream.of(
                            first == 0 ? Stream.<Part>empty() : Stream.of(Part.kept(start)),
                            Stream.of(middle),
                            last == 0 ? Stream.<Part>empty() : Stream.of(Part.kept(end)))
                    .flatMap(part -> part)
                    .toList();
        }
    }

    /** The characters from one position to another, both counted from 1 and both kept. */
    record Range(int from, int to) implements Kept {
        @Override
        public int most() {
            return to - from + 1;
        }

        @Override
        public String sqlLacks(String column, ColumnType type, int hide) {
            return Text.shorterSql(column, type, least(hide));
        }

        private int least(int hide) {
            return Math.max(to, to - from + 1 + hide);
        }

        @Override
        public List<Part> sqlParts(String column, int limit) {
            return Stream.of(
                            Part.hidden(Sql.call("left", column, count(from - 1)), from - 1),
                            Part.kept(substring(column, count(from), count(to - from + 1))),
                            Part.hidden(substring(column, count(to + 1)), limit - to))
                    .skip(from == 1 ? 1 : 0)
                    .toList();
        }

        @Override
        public boolean applies(String text, int hide) {
            return Text.length(text) >= least(hide);
        }

        @Override
        public List<Part> parts(String text, int limit) {
            return List.of(
                    Part.hidden(Text.first(text, from - 1), from - 1),
                    Part.kept(substring(text, from - 1, to)),
                    Part.hidden(substring(text, to, Text.length(text)), limit - to));
        }
    }

    /** What stands before a character where it is found first, and the character. */
    record Before(String character) implements Kept {
        @Override
        public String sqlLacks(String column, ColumnType type, int hide) {
            String hidden = Sql.op(Text.lengthSql(column), "-", at(column));
            return Sql.op(at(column), "=", count(0)) + " OR " + Sql.op(hidden, "<", count(hide));
        }

        private String at(String column) {
            return Sql.call("strpos", Sql.bytewise(column), Sql.untyped(character));
        }

        /** The cast to {@code varchar(n)} cuts off mask characters alone. */
        @Override
        public List<Part> sqlParts(String column, int limit) {
            return List.of(
                    Part.kept(Sql.call("left", column, at(column))),
                    Part.hidden(substring(column, Sql.op(at(column), "+", count(1))), limit));
        }

        @Override
        public boolean applies(String text, int hide) {
            int at = text.indexOf(character);
            return at >= 0 && Text.length(text.substring(at)) - 1 >= hide;
        }

        @Override
        public List<Part> parts(String text, int limit) {
            int end = text.indexOf(character) + character.length();
            return List.of(Part.kept(text.substring(0, end)), Part.hidden(text.substring(end), limit));
        }
    }

    /** What stands after a character where it is found last, and the character. */
    record After(String character) implements Kept {
        @Override
        public String sqlLacks(String column, ColumnType type, int hide) {
            String hidden = Sql.op(Text.lengthSql(column), "-", fromEnd(column));
            return Sql.op(fromEnd(column), "=", count(0)) + " OR " + Sql.op(hidden, "<", count(hide));
        }

        private String fromEnd(String column) {
            return Sql.call("strpos", Sql.bytewise(Sql.call("reverse", column)), Sql.untyped(character));
        }

        @Override
        public List<Part> sqlParts(String column, int limit) {
            String hidden = Sql.call("left", column, Sql.op(Text.lengthSql(column), "-", fromEnd(column)));
            return List.of(Part.hidden(hidden, limit), Part.kept(Sql.call("right", column, fromEnd(column))));
        }

        @Override
        public boolean applies(String text, int hide) {
            int at = text.lastIndexOf(character);
            return at >= 0 && Text.length(text.substring(0, at)) >= hide;
        }

        @Override
        public List<Part> parts(String text, int limit) {
            int at = text.lastIndexOf(character);
            return List.of(Part.hidden(text.substring(0, at), limit), Part.kept(text.substring(at)));
        }
    }
}
