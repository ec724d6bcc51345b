package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the paths of a {@link JsonMask} say of one place in a document: its mask, or what becomes of what is inside it. Mutable while it
 * is built, and not after.
 */
final class JsonPart {
    private static final int MANY_TIMES = 3;

    private @Nullable Mask mask;
    private final Map<String, JsonPart> members = new LinkedHashMap<>();
    private @Nullable JsonPart elements;

    /** Puts a mask at the end of a path; false where another path ends there, above or below. */
    boolean add(JsonPath path, Mask added) {
        JsonPart part = this;
        for (JsonPath.Step step : path.steps()) {
            if (part.mask != null) {
                return false;
            }
            part = part.inside(step);
        }
        if (part.mask != null || part.elements != null || !part.members.isEmpty()) {
            return false;
        }
        part.mask = added;
        return true;
    }

    private JsonPart inside(JsonPath.Step step) {
        if (step instanceof JsonPath.Member member) {
            return members.computeIfAbsent(member.key(), key -> new JsonPart());
        }
        if (elements == null) {
            elements = new JsonPart();
        }
        return elements;
    }

    /** The same with each mask bound to a row. */
    JsonPart in(Row row) throws MaskParameterException {
        JsonPart bound = new JsonPart();
        bound.mask = mask == null ? null : mask.in(row);
        bound.elements = elements == null ? null : elements.in(row);
        for (Map.Entry<String, JsonPart> member : members.entrySet()) {
            bound.members.put(member.getKey(), member.getValue().in(row));
        }
        return bound;
    }

    /**
     * The part with masks in place. What is no object where paths go on by keys, and no array where they go on by elements, becomes null: a
     * document of another form must not show what the paths are about.
     *
     * @param json the part as an expression of type jsonb
     */
    String sql(String json) {
        if (mask != null) {
            return leaf(json, mask);
        }
        StringBuilder cases = new StringBuilder("CASE");
        if (!members.isEmpty()) {
            cases.append(when(json, "object", membersSql(json)));
        }
        if (elements != null) {
            cases.append(when(json, "array", elementsSql(json, elements)));
        }
        return cases.append(" ELSE ").append(JsonMask.NULL).append(" END").toString();
    }

    /** A key that is not there stays away; {@code jsonb_set} gives NULL for a new value of NULL. */
    private String membersSql(String json) {
        String masked = json;
        for (Map.Entry<String, JsonPart> member : members.entrySet()) {
            String key = Sql.text(member.getKey());
            String value = member.getValue().sql(Sql.op(json, "->", key));
            String path = "ARRAY[" + key + "]";
            masked = Sql.call("jsonb_set", masked, path, orNull(value), Sql.constant("bool", false));
        }
        return masked;
    }

    private static String elementsSql(String json, JsonPart elements) {
        String array = "ARRAY(SELECT " + orNull(elements.sql("e.v")) + " FROM " + Sql.call("jsonb_array_elements", json)
                + " WITH ORDINALITY AS e(v, n) ORDER BY e.n)";
        return Sql.call("to_jsonb", array);
    }

    /** A string, number or truth value as the mask has it; null for what the mask does not fit. */
    private static String leaf(String json, Mask mask) {
        String text = Sql.op(json, "#>>", Sql.constant("_text", "{}"));
        StringBuilder cases = new StringBuilder("CASE");
        if (mask.fits(PartTypes.TEXT)) {
            cases.append(when(json, "string", toJson(masked(text, mask, PartTypes.TEXT))));
        }
        if (mask.fits(PartTypes.NUMERIC)) {
            String number = "((" + text + ")::pg_catalog.numeric)";
            cases.append(when(json, "number", toJson(masked(number, mask, PartTypes.NUMERIC))));
        }
        if (mask.fits(PartTypes.BOOLEAN)) {
            String truth = "((" + text + ")::pg_catalog.bool)";
            cases.append(when(json, "boolean", toJson(mask.sql(truth, PartTypes.BOOLEAN))));
        }
        return cases.append(" ELSE ").append(JsonMask.NULL).append(" END").toString();
    }

    /** A part that would be taken out of the document many times is taken out once. */
    private static String masked(String part, Mask mask, ColumnType type) {
        String masked = mask.sql(part, type);
        int times = masked.split(Pattern.quote(part), -1).length - 1;
        return times < MANY_TIMES ? masked : Sql.once(part, once -> mask.sql(once, type));
    }

    /** True when every mask has a Java form. */
    boolean isByValue() {
        boolean here = mask == null || mask instanceof ValueMask;
        boolean inside = members.values().stream().allMatch(JsonPart::isByValue);
        return here && inside && (elements == null || elements.isByValue());
    }

    /** The Java form, of a {@link JsonTree}. Recursive as far as paths are long. */
    Object value(Object json) {
        if (mask != null) {
            return leaf(json instanceof JsonTree.Digits number ? number.decimal() : json, (ValueMask) mask);
        }
        if (json instanceof Map<?, ?> object && !members.isEmpty()) {
            Map<Object, Object> masked = new LinkedHashMap<>(object);
            members.forEach((key, member) -> masked.computeIfPresent(key, (k, value) -> member.value(value)));
            return masked;
        }
        JsonPart inside = elements;
        return json instanceof List<?> array && inside != null
                ? array.stream().map(inside::value).toList()
                : JsonTree.Null.NULL;
    }

    private static Object leaf(Object json, ValueMask mask) {
        ColumnType type = json instanceof String
                ? PartTypes.TEXT
                : json instanceof BigDecimal ? PartTypes.NUMERIC : json instanceof Boolean ? PartTypes.BOOLEAN : null;
        Object masked = type != null && mask.fits(type) ? mask.value(json, type) : null;
        return masked == null ? JsonTree.Null.NULL : masked;
    }

    private static String when(String json, String kind, String result) {
        String is = Sql.op(Sql.call("jsonb_typeof", json), "=", Sql.text(kind));
        return " WHEN " + is + " THEN " + result;
    }

    private static String toJson(String masked) {
        return orNull(Sql.call("to_jsonb", masked));
    }

    private static String orNull(String json) {
        return "COALESCE(" + json + ", " + JsonMask.NULL + ")";
    }
}
