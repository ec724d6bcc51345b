package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code zip3}: the first characters of a postal code. For ZIP codes of the United States these are the first three digits,
 * or {@code 000} for the areas with 20,000 inhabitants or fewer, as the Safe Harbor rule of HIPAA wants it (45 CFR 164.514(b)(2)(i)(B)).
 * What is no such code is masked whole. Immutable.
 *
 * @param length how many letters or digits a code has, 0 for ZIP codes of the United States
 * @param first how many are kept
 */
record ZipMask(int length, int first) implements ValueMask {
    static final List<String> PARAMETERS = List.of("length", "first");

    private static final String HIDDEN = "***";
    private static final int ZIP_LENGTH = 5;
    private static final int ZIP_FIRST = 3;

    /** By the census of 2000, which the Department of Health and Human Services' guidance of 2012 goes by. */
    private static final String SPARSE = "036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893";

    static ZipMask parse(Parameters parameters) throws MaskParameterException {
        if (!parameters.has("length")) {
            if (parameters.has("first")) {
                throw parameters.wrong("first", "needs length beside it; ZIP codes keep three digits");
            }
            return new ZipMask(0, ZIP_FIRST);
        }
        int length = parameters.integer("length", ZIP_LENGTH, 3, 10);
        return new ZipMask(length, parameters.integer("first", 1, 0, length - 2));
    }

    @Override
    public String name() {
        return "zip3";
    }

    @Override
    public boolean fits(ColumnType type) {
        return Text.fits(type);
    }

    private String pattern() {
        return length == 0 ? "^[0-9]{5}(?:-?[0-9]{4})?$" : "^[0-9A-Za-z]{" + length + "}$";
    }

    private String hidden() {
        return "*".repeat((length == 0 ? ZIP_LENGTH : length) - first);
    }

    @Override
    public String sql(String column, ColumnType type) {
        String start = Sql.call("left", column, Sql.constant("int4", first));
        if (length == 0) {
            String sparse =
                    Sql.op(Sql.call("strpos", Sql.untyped(SPARSE), Sql.bytewise(start)), ">", Sql.constant("int4", 0));
            start = "CASE WHEN " + sparse + " THEN " + Sql.untyped("000") + " ELSE " + start + " END";
        }
        String cases = "CASE WHEN " + Sql.op(Sql.bytewise(Text.sql(column)), "!~", Sql.untyped(pattern())) + " THEN "
                + Sql.untyped(HIDDEN) + " ELSE " + Sql.op(start, "||", Sql.untyped(hidden())) + " END";
        return Sql.cast(cases, "text", type);
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        return value == null ? null : Text.write(masked(Text.read(value, type)), type);
    }

    private String masked(String text) {
        if (!Pattern.matches(pattern(), text)) {
            return HIDDEN;
        }
        String start = text.substring(0, first);
        boolean sparse = length == 0 && Set.of(SPARSE.split(" ")).contains(start);
        return (sparse ? "000" : start) + hidden();
    }
}
