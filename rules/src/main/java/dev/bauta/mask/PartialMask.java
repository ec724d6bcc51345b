package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code partial}: the first and last characters of a string, and mask characters for what lies between. Immutable.
 *
 * <p>A value with fewer than {@code hide} characters besides those that are kept is masked whole, the empty string too. What is
 * hidden becomes {@code width} mask characters however long it is; only with {@code keepLength} the length shows.
 *
 * @param first how many characters are kept at the start
 * @param last how many characters are kept at the end
 * @param hide how many characters must be hidden for any to be kept, at least 1
 * @param character the mask character, one code point
 * @param width how many mask characters stand for the hidden part, at least 1
 * @param keepLength one mask character for each hidden one instead, up to {@link #MOST}
 */
record PartialMask(int first, int last, int hide, String character, int width, boolean keepLength)
        implements ValueMask {
    static final List<String> PARAMETERS = List.of("first", "last", "hide", "character", "width", "keepLength");

    /** The upper bound of all numbers here. It also keeps {@code repeat} from outgrowing PostgreSQL's 1 GB. */
    private static final int MOST = 1000;

    private static final int WIDTH = 4;

    static PartialMask parse(Parameters parameters) throws MaskParameterException {
        boolean keepLength = parameters.flag("keepLength");
        if (keepLength && parameters.has("width")) {
            throw parameters.wrong("width", "cannot stand beside keepLength");
        }
        return new PartialMask(
                parameters.integer("first", 0, 0, MOST),
                parameters.integer("last", 0, 0, MOST),
                parameters.integer("hide", 1, 1, MOST),
                character(parameters),
                parameters.integer("width", WIDTH, 1, MOST),
                keepLength);
    }

    private static String character(Parameters parameters) throws MaskParameterException {
        String character = parameters.text("character", "*");
        if (Text.length(character) != 1 || Character.isISOControl(character.codePointAt(0))) {
            throw parameters.wrong("character", "must be one character");
        }
        return character;
    }

    @Override
    public String name() {
        return "partial";
    }

    @Override
    public boolean fits(ColumnType type) {
        return Text.fits(type);
    }

    @Override
    public String sql(String column, ColumnType type) {
        String text = Text.sql(column);
        String length = Sql.call("length", text);
        String kept = joined(text, keepLength ? repeated(Sql.op(length, "-", count(first + last))) : fill(type, true));
        String whole = keepLength ? repeated("GREATEST(" + length + ", " + count(1) + ")") : fill(type, false);
        String cases = "CASE WHEN " + Sql.op(length, ">=", count(first + last + hide)) + " THEN " + kept + " WHEN "
                + column + " IS NOT NULL THEN " + whole + " END";
        return Sql.cast(cases, type);
    }

    private String joined(String text, String middle) {
        String start = first == 0 ? middle : Sql.op(Sql.call("left", text, count(first)), "||", middle);
        return last == 0 ? start : Sql.op(start, "||", Sql.call("right", text, count(last)));
    }

    private String repeated(String count) {
        return Sql.call("repeat", Sql.text(character), "LEAST(" + count + ", " + count(MOST) + ")");
    }

    private String fill(ColumnType type, boolean besideKept) {
        return Sql.text(character.repeat(fillWidth(type, besideKept)));
    }

    /** The width that leaves room for what is kept, so that the cast to {@code varchar(n)} never cuts that off. */
    private int fillWidth(ColumnType type, boolean besideKept) {
        int room = Text.limit(type) - (besideKept ? first + last : 0);
        return Math.max(1, Math.min(width, room));
    }

    private static String count(int count) {
        return Sql.constant("int4", count);
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        return value == null ? null : Text.write(masked(Text.read(value, type), type), type);
    }

    private String masked(String text, ColumnType type) {
        int length = Text.length(text);
        if (length < first + last + hide) {
            return character.repeat(keepLength ? Math.min(Math.max(length, 1), MOST) : fillWidth(type, false));
        }
        int middle = keepLength ? Math.min(length - first - last, MOST) : fillWidth(type, true);
        return Text.first(text, first) + character.repeat(middle) + Text.last(text, last);
    }
}
