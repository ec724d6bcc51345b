package dev.bauta.proxy.draft;

import dev.bauta.catalog.ColumnType;
import dev.bauta.mask.KeyRing;
import dev.bauta.mask.MaskParameterException;
import dev.bauta.mask.Masks;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A mask as a rule file is to name it. Immutable.
 *
 * @param name the mask's name, or {@code none}
 * @param parameters its parameters, in the order in which they are to be written
 */
public record DraftMask(String name, Map<String, Object> parameters) {
    /** The mask that fits every type and shows nothing. */
    public static final DraftMask NULL = of("null");
    /** Leaves a column clear. */
    public static final DraftMask NONE = of("none");

    /** Words that stand for something else than a mask. */
    private static final Set<String> PLAIN = Set.of("none", "refused");

    /** Stands in for the key, which no draft knows. */
    private static final byte[] SOME_KEY = new byte[16];

    public DraftMask {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** A mask without parameters. */
    public static DraftMask of(String name) {
        return new DraftMask(name, Map.of());
    }

    /** A mask with one parameter. */
    public static DraftMask of(String name, String parameter, Object value) {
        return of(name).with(parameter, value);
    }

    /** The same with one more parameter. */
    public DraftMask with(String parameter, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new DraftMask(name, more);
    }

    /** True when there is such a mask, and it takes these parameters. */
    public boolean isBuildable() {
        try {
            return PLAIN.contains(name) && parameters.isEmpty()
                    || Masks.parse(name, parameters, KeyRing.of(SOME_KEY)) != null;
        } catch (MaskParameterException e) {
            return false;
        }
    }

    /** True when the mask can be built and applied to columns of this type. */
    public boolean fits(ColumnType type) {
        if (PLAIN.contains(name)) {
            return true;
        }
        try {
            return Masks.parse(name, parameters, KeyRing.of(SOME_KEY)).fits(type);
        } catch (MaskParameterException e) {
            return false;
        }
    }

    /** True when the mask computes with a key. */
    public boolean isKeyed() {
        try {
            if (!PLAIN.contains(name)) {
                Masks.parse(name, parameters, KeyRing.empty());
            }
            return false;
        } catch (MaskParameterException e) {
            return true;
        }
    }

    /** As the rule file has it, such as <code>{type: partial, last: 4}</code>. */
    public String yaml() {
        if (parameters.isEmpty()) {
            return name.equals("null") ? "\"null\"" : YamlText.text(name);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("type", name);
        all.putAll(parameters);
        return YamlText.value(all);
    }
}
