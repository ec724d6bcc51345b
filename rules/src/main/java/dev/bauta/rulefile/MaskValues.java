package dev.bauta.rulefile;

import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the values of mask parameters mean: numbers, {@code true}, {@code false} and {@code null} where they stand without quotes and
 * are spelled as in JSON, and strings otherwise. So {@code no}, {@code 007} and {@code 1_000} are strings.
 */
public final class MaskValues {
    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,99})");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,100})?([eE][-+]?[0-9]{1,3})?");
    private static final BigInteger MOST_INTEGER = BigInteger.valueOf(Integer.MAX_VALUE);

    private MaskValues() {}

    /** String, Integer, Long, BigInteger, BigDecimal, Boolean, List, Map, or null. */
    public static @Nullable Object toValue(Node node, Problems problems) {
        if (node instanceof Node.Sequence sequence) {
            List<@Nullable Object> values = new ArrayList<>();
            sequence.items().forEach(item -> values.add(toValue(item, problems)));
            return values;
        }
        if (node instanceof Node.Mapping mapping) {
            Section.distinct(mapping, problems);
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            mapping.entries().forEach(entry -> values.put(entry.key().text(), toValue(entry.value(), problems)));
            return values;
        }
        return toValue((Node.Scalar) node);
    }

    private static @Nullable Object toValue(Node.Scalar scalar) {
        String text = scalar.text();
        if (!scalar.plain()) {
            return text;
        }
        if (scalar.isMissing() || text.equals("null")) {
            return null;
        }
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        if (WHOLE.matcher(text).matches()) {
            return whole(new BigInteger(text));
        }
        return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
    }

    private static Object whole(BigInteger number) {
        if (number.abs().compareTo(MOST_INTEGER) <= 0) {
            return number.intValueExact();
        }
        return number.bitLength() < Long.SIZE ? (Object) number.longValueExact() : number;
    }
}
