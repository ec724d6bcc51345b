package dev.bauta.annotation;

import dev.bauta.mask.KeyRing;
import dev.bauta.mask.MaskParameterException;
import dev.bauta.mask.Masks;
import dev.bauta.rulefile.Treatment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code mask} says outside a rule file: a mask's name with its parameters, {@code none} or {@code refused}. Immutable.
 *
 * @param name the name
 * @param parameters the mask's parameters, in the order in which they were given
 */
public record NamedMask(String name, Map<String, Object> parameters) {
    private static final String CLEAR = "none";
    private static final String REFUSED = "refused";
    /** Has functions called by whoever reads a table, and so is for those who write the rule file alone. */
    private static final String EXPRESSION = "sql";

    /** Stands in for the key where there is none yet. */
    private static final byte[] SOME_KEY = new byte[16];

    public NamedMask {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** A mask without parameters. */
    static NamedMask of(String name) {
        return new NamedMask(name, Map.of());
    }

    /** A mask with one parameter. */
    static NamedMask of(String name, String parameter, Object value) {
        return of(name).with(parameter, value);
    }

    /** The same with one more parameter. */
    NamedMask with(String parameter, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new NamedMask(name, more);
    }

    /** True when there is such a mask, and it takes these parameters. */
    boolean isBuildable() {
        try {
            treatment(KeyRing.of(SOME_KEY));
            return true;
        } catch (MaskParameterException e) {
            return false;
        }
    }

    /**
     * What is done to a column.
     *
     * @param keys where keyed masks find their keys
     * @throws MaskParameterException when there is no such mask, or its parameters will not do
     */
    public Treatment treatment(KeyRing keys) throws MaskParameterException {
        if (name.equals(EXPRESSION)) {
            throw new MaskParameterException(null, "the mask 'sql' can stand in the rule file alone");
        }
        if (name.equals(CLEAR) && parameters.isEmpty()) {
            return Treatment.Clear.CLEAR;
        }
        return name.equals(REFUSED) && parameters.isEmpty()
                ? Treatment.Refused.REFUSED
                : new Treatment.Masked(Masks.parse(name, parameters, keys));
    }
}
