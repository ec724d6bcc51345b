package dev.bauta.mask;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the masks that stand in the parameters of other masks, written as {@code mask} is: a name, or a name as {@code type}. */
final class NestedMasks {
    private static final String TYPE = "type";

    private NestedMasks() {}

    /** The mask that a parameter names. */
    static Mask parse(Parameters parameters, String parameter, KeyRing keys) throws MaskParameterException {
        if (!parameters.has(parameter)) {
            throw parameters.wrong(parameter, "must be given: a mask");
        }
        return parse(parameters.raw(parameter), parameter, keys);
    }

    /**
     * A mask.
     *
     * @param given as Jackson reads it; null is the mask {@code null} without quotes
     * @param key the key whose value it is
     */
    static Mask parse(@Nullable Object given, String key, KeyRing keys) throws MaskParameterException {
        try {
            if (given == null || given instanceof String) {
                return parse(String.valueOf(given), Map.of(), keys);
            }
            if (given instanceof Map<?, ?> map && map.get(TYPE) instanceof String name) {
                return parse(name, parameters(map), keys);
            }
        } catch (MaskParameterException e) {
            throw e.within(key);
        }
        throw new MaskParameterException(
                key, "'" + key + "' takes a mask: its name, or its name as 'type' with its parameters beside it");
    }

    private static Mask parse(String name, Map<String, Object> parameters, KeyRing keys) throws MaskParameterException {
        if (name.equals(ExpressionMask.NAME)) {
            throw new MaskParameterException(
                    null, "the mask 'sql' cannot stand in another one; write an expression over the whole value");
        }
        Mask mask = Masks.parse(name, parameters, keys);
        if (mask instanceof RandomizeMask) {
            throw new MaskParameterException(
                    null,
                    "the mask 'randomize' cannot stand in another one: it would draw alike for all parts that are equal");
        }
        return mask;
    }

    private static Map<String, Object> parameters(Map<?, ?> given) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            if (!TYPE.equals(name)) {
                parameters.put(String.valueOf(name), value);
            }
        });
        return parameters;
    }
}
