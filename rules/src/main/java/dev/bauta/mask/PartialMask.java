package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import dev.bauta.mask.Kept.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code partial}: a part of a string, and mask characters for the rest. Immutable.
 *
 * <p>A value with fewer than {@code hide} characters besides those that are kept is masked whole, the empty string too. What is
 * hidden becomes {@code width} mask characters however long it is, unless {@code look} says otherwise.
 *
 * @param kept what is kept
 * @param hide how many characters must be hidden for any to be kept, at least 1
 * @param character the mask character, one code point
 * @param width how many mask characters stand for a hidden part, at least 1
 * @param look what shows of the hidden part
 */
record PartialMask(Kept kept, int hide, String character, int width, Look look) implements ValueMask {
    static final List<String> PARAMETERS = List.of(
            "first", "last", "from", "to", "before", "after", "hide", "character", "width", "keepLength", "keepFormat");

    /** The upper bound of all numbers here. It also keeps masks from outgrowing PostgreSQL's 1 GB. */
    private static final int MOST = 1000;

    private static final int WIDTH = 4;
    /** All but the punctuation and blanks of ASCII, in PostgreSQL's and Java's regular expressions alike. */
    private static final String NO_PUNCTUATION = "[^ -/:-@\\[-`{-~]";

    private static final String PUNCTUATION = "[ -/:-@\\[-`{-~]";

    /** The ways to say what is kept, of which a rule has one. */
    private static final List<List<String>> WAYS =
            List.of(List.of("first", "last"), List.of("from", "to"), List.of("before"), List.of("after"));

    /** What shows of what is hidden. */
    enum Look {
        NOTHING,
        /** A mask character stands for each hidden one, up to {@link #MOST}. */
        LENGTH,
        /** As {@link #LENGTH}, and punctuation and blanks of ASCII stay. */
        FORMAT
    }

    static PartialMask parse(Parameters parameters) throws MaskParameterException {
        Look look = look(parameters);
        if (look != Look.NOTHING && parameters.has("width")) {
            throw parameters.wrong(
                    "width", "cannot stand beside " + (look == Look.LENGTH ? "keepLength" : "keepFormat"));
        }
        return new PartialMask(
                kept(parameters),
                parameters.integer("hide", 1, 1, MOST),
                parameters.has("character") ? character(parameters, "character") : "*",
                parameters.integer("width", WIDTH, 1, MOST),
                look);
    }

    private static Look look(Parameters parameters) throws MaskParameterException {
        boolean length = parameters.flag("keepLength");
        if (parameters.flag("keepFormat")) {
            return Look.FORMAT;
        }
        return length ? Look.LENGTH : Look.NOTHING;
    }

    private static Kept kept(Parameters parameters) throws MaskParameterException {
        List<String> given = new ArrayList<>();
        for (List<String> way : WAYS) {
            way.stream().filter(parameters::has).findFirst().ifPresent(given::add);
        }
        if (given.size() > 1) {
            throw parameters.wrong(given.get(1), "cannot stand beside " + given.get(0));
        }
        if (parameters.has("before")) {
            return new Kept.Before(character(parameters, "before"));
        }
        if (parameters.has("after")) {
            return new Kept.After(character(parameters, "after"));
        }
        return parameters.has("from") || parameters.has("to") ? range(parameters) : ends(parameters);
    }

    private static Kept ends(Parameters parameters) throws MaskParameterException {
        return new Kept.Ends(parameters.integer("first", 0, 0, MOST), parameters.integer("last", 0, 0, MOST));
    }

    private static Kept range(Parameters parameters) throws MaskParameterException {
        int from = parameters.integer("from", 1, 1, MOST);
        if (!parameters.has("to")) {
            throw parameters.wrong("from", "needs to beside it");
        }
        return new Kept.Range(from, parameters.integer("to", MOST, from, MOST));
    }

    private static String character(Parameters parameters, String name) throws MaskParameterException {
        String character = parameters.text(name, "");
        if (Text.length(character) != 1 || Character.isISOControl(character.codePointAt(0))) {
            throw parameters.wrong(name, "must be one character");
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
    public Optional<String> weakness(ColumnType type) {
        int limit = Text.limit(type);
        return kept.most() > limit / 2 && kept.most() < limit
                ? Optional.of("it keeps " + kept.most() + " of at most " + limit + " characters")
                : Optional.empty();
    }

    @Override
    public String sql(String column, ColumnType type) {
        List<Part> parts = kept.sqlParts(column, Text.limit(type));
        String masked;
        if (parts.stream().noneMatch(Part::kept) && look != Look.FORMAT) {
            masked = Sql.unlessNull(column, wholeSql(column, type));
        } else if (isOneAtAnEnd(type)) {
            masked = oneSql(column);
        } else {
            masked = "CASE WHEN " + lacksSql(column, type, parts) + " THEN " + wholeSql(column, type) + " ELSE "
                    + joinedSql(parts, type) + " END";
        }
        return Sql.cast(masked, "text", type);
    }

    /** True where one character is kept at an end, and as many mask characters follow or precede it as stand for a whole value. */
    private boolean isOneAtAnEnd(ColumnType type) {
        boolean one = kept.equals(new Kept.Ends(1, 0)) || kept.equals(new Kept.Ends(0, 1));
        return one && look == Look.NOTHING && width < Text.limit(type);
    }

    /** The outermost of {@code 1 + hide} characters at an end. Of a value with fewer nothing is left without {@code hide} of them. */
    private String oneSql(String column) {
        boolean first = kept.equals(new Kept.Ends(1, 0));
        String function = first ? "left" : "right";
        String shown = Sql.call(function, Sql.call(function, column, count(1 + hide)), count(-hide));
        String hidden = Sql.untyped(character.repeat(width));
        return first ? Sql.op(shown, "||", hidden) : Sql.op(hidden, "||", shown);
    }

    private String lacksSql(String column, ColumnType type, List<Part> parts) {
        String lacks = kept.sqlLacks(column, type, hide);
        if (look != Look.FORMAT) {
            return lacks;
        }
        String hidden = parts.stream()
                .filter(part -> !part.kept())
                .map(part -> first(part.text()))
                .reduce((left, right) -> Sql.op(left, "||", right))
                .orElseThrow();
        String replaced =
                Sql.call("regexp_replace", Sql.bytewise(hidden), Sql.text(PUNCTUATION), Sql.text(""), Sql.text("g"));
        return lacks + " OR " + Sql.op(Sql.call("length", replaced), "<", count(hide));
    }

    /** NULL for NULL. Trimmed from the left where what is kept at the end and the mask characters are more than the type has room for. */
    private String joinedSql(List<Part> parts, ColumnType type) {
        String joined = parts.stream()
                .map(part -> part.kept() ? part.text() : hiddenSql(part))
                .reduce((left, right) -> Sql.op(left, "||", right))
                .orElseThrow();
        return isTrimmed(type) ? Sql.call("right", joined, count(Text.limit(type))) : joined;
    }

    private boolean isTrimmed(ColumnType type) {
        return kept instanceof Kept.After && look == Look.NOTHING && Text.limit(type) < Integer.MAX_VALUE;
    }

    private String hiddenSql(Part part) {
        return switch (look) {
            case NOTHING -> Sql.untyped(character.repeat(width(part)));
            case LENGTH -> repeated(Sql.call("length", part.text()));
            case FORMAT ->
                Sql.collated(Sql.call(
                        "regexp_replace",
                        Sql.bytewise(first(part.text())),
                        Sql.text(NO_PUNCTUATION),
                        Sql.text(character.replace("\\", "\\\\")),
                        Sql.text("g")));
        };
    }

    /** None where the type is too short for the mask to apply. */
    private int width(Part part) {
        return Math.max(0, Math.min(width, part.room()));
    }

    private String wholeSql(String column, ColumnType type) {
        return look == Look.NOTHING
                ? Sql.untyped(character.repeat(wholeWidth(type)))
                : repeated("GREATEST(" + Text.lengthSql(column) + ", " + count(1) + ")");
    }

    private int wholeWidth(ColumnType type) {
        return Math.min(width, Text.limit(type));
    }

    private String repeated(String count) {
        return Sql.call("repeat", Sql.untyped(character), "LEAST(" + count + ", " + count(MOST) + ")");
    }

    private static String first(String text) {
        return Sql.call("left", text, count(MOST));
    }

    private static String count(int count) {
        return Sql.constant("int4", count);
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        return value == null ? null : Text.write(masked(Text.read(value, type), type), type);
    }

    private String masked(String text, ColumnType type) {
        if (!kept.applies(text, hide)) {
            return whole(text, type);
        }
        List<Part> parts = kept.parts(text, Text.limit(type));
        if (look == Look.FORMAT && replaceable(parts) < hide) {
            return whole(text, type);
        }
        String joined = parts.stream()
                .map(part -> part.kept() ? part.text() : hidden(part))
                .collect(Collectors.joining());
        return isTrimmed(type) ? Text.last(joined, Text.limit(type)) : joined;
    }

    private static long replaceable(List<Part> parts) {
        return parts.stream()
                .filter(part -> !part.kept())
                .mapToLong(part -> Text.length(Text.first(part.text(), MOST).replaceAll(PUNCTUATION, "")))
                .sum();
    }

    private String hidden(Part part) {
        return switch (look) {
            case NOTHING -> character.repeat(width(part));
            case LENGTH -> character.repeat(Math.min(Text.length(part.text()), MOST));
            case FORMAT ->
                Text.first(part.text(), MOST).replaceAll(NO_PUNCTUATION, Matcher.quoteReplacement(character));
        };
    }

    private String whole(String text, ColumnType type) {
        int length = Math.min(Math.max(Text.length(text), 1), MOST);
        return character.repeat(look == Look.NOTHING ? wholeWidth(type) : length);
    }
}
