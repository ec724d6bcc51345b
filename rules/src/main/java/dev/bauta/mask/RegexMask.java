package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code regex}: replaces what matches a pattern, wherever it does. A value in which nothing matches becomes what {@code redact} makes of
 * it, unless it is to be kept; one that is too long to search always does. Immutable.
 *
 * @param pattern what is replaced
 * @param replacement by what
 * @param keepOthers whether a value in which nothing matches is kept
 */
record RegexMask(FlatPattern pattern, Replacement replacement, boolean keepOthers) implements ValueMask {
    static final List<String> PARAMETERS = List.of("pattern", "replacement", "otherwise");

    /** The longest values that are searched, so that each takes milliseconds at most. */
    private static final int LONGEST = 10_000;

    private static final int LONGEST_REPLACEMENT = 100;

    static RegexMask parse(Parameters parameters) throws MaskParameterException {
        FlatPattern pattern = pattern(parameters);
        if (parameters.text("replacement", "").length() > LONGEST_REPLACEMENT) {
            throw parameters.wrong("replacement", "must have at most " + LONGEST_REPLACEMENT + " characters");
        }
        Replacement replacement =
                Replacement.parse(parameters, "replacement", pattern.groups().size());
        String otherwise = parameters.text("otherwise", "redact");
        if (!List.of("redact", "keep").contains(otherwise)) {
            throw parameters.wrong("otherwise", "must be redact or keep");
        }
        return new RegexMask(pattern, replacement, otherwise.equals("keep"));
    }

    private static FlatPattern pattern(Parameters parameters) throws MaskParameterException {
        if (!parameters.has("pattern")) {
            throw parameters.wrong("pattern", "must be given");
        }
        try {
            return FlatPattern.parse(parameters.text("pattern", ""));
        } catch (PatternException e) {
            throw parameters.wrong("pattern", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String name() {
        return "regex";
    }

    @Override
    public boolean fits(ColumnType type) {
        return Text.fits(type);
    }

    @Override
    public String sql(String column, ColumnType type) {
        String searched = Sql.bytewise(Text.sql(column));
        String other = Text.longerSql(column, LONGEST);
        if (!keepOthers) {
            other += " OR " + Sql.op(searched, "!~", Sql.untyped(pattern.sql()));
        }
        String replaced = Sql.call(
                "regexp_replace", searched, Sql.text(pattern.sql()), Sql.text(replacement.sql()), Sql.text("g"));
        String cases = "CASE WHEN " + other + " THEN " + Sql.untyped(RedactMask.TEXT) + " ELSE "
                + Sql.collated(replaced) + " END";
        return Sql.cast(cases, "text", type);
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        return value == null ? null : Text.write(masked(Text.read(value, type)), type);
    }

    private String masked(String value) {
        if (Text.length(value) > LONGEST) {
            return RedactMask.TEXT;
        }
        int[] text = value.codePoints().toArray();
        FlatPattern.Matches matches = pattern.matches(text);
        Optional<int[]> match = matches.find(0);
        if (match.isEmpty()) {
            return keepOthers ? value : RedactMask.TEXT;
        }
        StringBuilder masked = new StringBuilder();
        int copied = 0;
        while (match.isPresent()) {
            int[] found = match.get();
            masked.append(new String(text, copied, found[0] - copied));
            masked.append(replacement.of(text, found, pattern.groups()));
            copied = found[found.length - 1];
            match = matches.find(copied);
        }
        return masked.append(new String(text, copied, text.length - copied)).toString();
    }
}
