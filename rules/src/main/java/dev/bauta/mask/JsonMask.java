package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code json}: other masks on what stands at given paths in a JSON document. What no path leads to stays, and what stands in a
 * path's way becomes null. Immutable.
 *
 * @param root what the paths say of the document
 */
record JsonMask(JsonPart root) implements Mask {
    static final List<String> PARAMETERS = List.of("paths");

    /** What takes the place of a part that its mask does not fit. */
    static final String NULL = Sql.constant("jsonb", "null");

    private static final int MOST_PATHS = 200;
    /** In bytes; jsonb holds a good deal more than this. */
    private static final int LARGEST = 100_000_000;

    /** What {@code json} holds and {@code jsonb} cannot: NUL, half a surrogate pair, numbers beyond numeric. */
    private static final String NOT_IN_JSONB =
            "\\\\u0000|\\\\u[dD][89a-fA-F]|(^|[ \\t\\n\\r,:\\[])-?([0-9.]{200}|[0-9]+(\\.[0-9]+)?[eE][-+]?[0-9]{4})";

    /**
     * What a text has that can hold any of these, after what {@link #isInJsonb} takes away too; most have none. Looking for this takes a third of
     * the time.
     */
    private static final String SUSPECT =
            "\\\\|(^|[ \\t\\n\\r,:\\[])-?[0-9.]+([0-9.]{20}|[eE][-+]?[0-9][0-9][0-9][0-9])";

    private static final String SURROGATE_PAIRS = "\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}";

    private static final Pattern UNSTORABLE = Pattern.compile(NOT_IN_JSONB);
    private static final Pattern PAIRS = Pattern.compile(SURROGATE_PAIRS);

    static Mask parse(Parameters parameters, KeyRing keys) throws MaskParameterException {
        if (!(parameters.raw("paths") instanceof Map<?, ?> paths) || paths.isEmpty() || paths.size() > MOST_PATHS) {
            throw parameters.wrong(
                    "paths", "must be up to " + MOST_PATHS + " paths with a mask each, such as {email: redact}");
        }
        JsonPart root = new JsonPart();
        for (Map.Entry<?, ?> entry : paths.entrySet()) {
            add(root, String.valueOf(entry.getKey()), entry.getValue(), keys);
        }
        JsonMask json = new JsonMask(root);
        return root.isByValue() ? new ByValue(json) : json;
    }

    private static void add(JsonPart root, String text, @Nullable Object given, KeyRing keys)
            throws MaskParameterException {
        JsonPath path = JsonPath.parse(text)
                .orElseThrow(
                        () -> wrong(
                                text,
                                "is no path; write keys with dots between, and [*] for the elements of an array: contacts[*].phone"));
        Mask mask;
        try {
            mask = NestedMasks.parse(given, text, keys);
        } catch (MaskParameterException e) {
            throw e.within("paths");
        }
        if (Stream.of(PartTypes.TEXT, PartTypes.NUMERIC, PartTypes.BOOLEAN).noneMatch(mask::fits)) {
            throw wrong(text, "has a mask that fits no string, number or truth value");
        }
        if (!root.add(path, mask)) {
            throw wrong(text, "lies in, above or at the end of another path");
        }
    }

    private static MaskParameterException wrong(String path, String message) {
        return new MaskParameterException(path, "path '" + path + "' of mask 'json' " + message).within("paths");
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public Mask in(Row row) throws MaskParameterException {
        return new JsonMask(root.in(row));
    }

    @Override
    public boolean fits(ColumnType type) {
        return type.is("json") || type.is("jsonb");
    }

    @Override
    public String sql(String column, ColumnType type) {
        if (type.is("jsonb")) {
            return Sql.cast(Sql.unlessNull(column, root.sql(column)), type);
        }
        String masked = Sql.once(column + "::pg_catalog.jsonb", root::sql);
        String cases = "CASE WHEN " + isInJsonb(Text.sql(column)) + " THEN " + masked + " WHEN " + column
                + " IS NOT NULL THEN " + NULL + " END";
        return Sql.cast(cases, type);
    }

    /** Backslashes that stand for themselves go first, and then pairs of surrogates, which are characters. */
    private static String isInJsonb(String text) {
        String escapes = Sql.call("replace", text, Sql.text("\\\\"), Sql.text(""));
        String single = Sql.call(
                "regexp_replace", Sql.bytewise(escapes), Sql.text(SURROGATE_PAIRS), Sql.text(""), Sql.text("g"));
        return Sql.op(Sql.call("octet_length", text), "<=", Sql.constant("int4", LARGEST)) + " AND ("
                + Sql.op(Sql.bytewise(text), "!~", Sql.text(SUSPECT)) + " OR "
                + Sql.op(Sql.bytewise(single), "!~", Sql.text(NOT_IN_JSONB)) + ")";
    }

    /**
     * Masks that all have a Java form. Immutable.
     *
     * @param json the mask on the document
     */
    private record ByValue(JsonMask json) implements ValueMask {
        @Override
        public String name() {
            return json.name();
        }

        @Override
        public boolean fits(ColumnType type) {
            return json.fits(type);
        }

        @Override
        public String sql(String column, ColumnType type) {
            return json.sql(column, type);
        }

        @Override
        public @Nullable Object value(@Nullable Object value, ColumnType type) {
            if (value == null) {
                return null;
            }
            String text = DriverValue.text(value);
            if (type.is("json") && !isInJsonb(text)) {
                return DriverValue.of("null", type);
            }
            return DriverValue.of(JsonTree.write(json.root().value(new JsonReader(text).read())), type);
        }

        private static boolean isInJsonb(String text) {
            String single = PAIRS.matcher(text.replace("\\\\", "")).replaceAll("");
            return text.getBytes(StandardCharsets.UTF_8).length <= LARGEST
                    && !UNSTORABLE.matcher(single).find();
        }
    }
}
