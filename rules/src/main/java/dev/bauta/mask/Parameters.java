package dev.bauta.mask;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of one mask in the rule file, read with their limits. Immutable. */
final class Parameters {
    private final String mask;
    private final Map<String, Object> values;

    private Parameters(String mask, Map<String, Object> values) {
        this.mask = mask;
        this.values = values;
    }

    /**
     * @param mask the mask's name, for messages
     * @param values what the rule file gives, as Jackson reads it
     * @param known every parameter that the mask has
     * @throws MaskParameterException for a parameter that it does not have
     */
    static Parameters of(String mask, Map<String, Object> values, List<String> known) throws MaskParameterException {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new MaskParameterException(name, unknown(mask, name, known));
            }
        }
        return new Parameters(mask, values);
    }

    private static String unknown(String mask, String name, List<String> known) {
        if (known.isEmpty()) {
            return "mask '%s' takes no parameters".formatted(mask);
        }
        return "mask '%s' has no parameter '%s'".formatted(mask, name) + suggestion(name, known);
    }

    /** The end of a message about an unknown name: the nearest known one, or all of them. */
    static String suggestion(String name, List<String> known) {
        Optional<String> nearest = known.stream()
                .filter(candidate -> distance(name, candidate) <= 1 + candidate.length() / 4)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
        return nearest.map(candidate -> "; did you mean '" + candidate + "'?")
                .orElseGet(() -> "; known are " + String.join(", ", known));
    }

    /** Levenshtein's distance, upper and lower case alike. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    /** True when the rule file gives the parameter. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The parameter's value as Jackson read it, null where it is absent or null. */
    @Nullable
    Object raw(String name) {
        return values.get(name);
    }

    /** A whole number from {@code least} to {@code most}. */
    int integer(String name, int absent, int least, int most) throws MaskParameterException {
        if (!has(name)) {
            return absent;
        }
        if (raw(name) instanceof Integer number && number >= least && number <= most) {
            return number;
        }
        throw wrong(name, "must be a whole number from " + least + " to " + most);
    }

    /** True or false. */
    boolean flag(String name) throws MaskParameterException {
        if (!has(name)) {
            return false;
        }
        if (raw(name) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "must be true or false");
    }

    /** A string that PostgreSQL can hold. */
    String text(String name, String absent) throws MaskParameterException {
        if (!has(name)) {
            return absent;
        }
        if (raw(name) instanceof String text && Text.isStorable(text)) {
            return text;
        }
        throw wrong(name, "must be a string");
    }

    /** A number, exactly as the rule file writes it. */
    BigDecimal decimal(String name) throws MaskParameterException {
        Optional<BigDecimal> decimal = toDecimal(raw(name));
        if (decimal.isEmpty()) {
            throw wrong(name, "must be a number");
        }
        return decimal.get();
    }

    /** The number that Jackson read, if it is one and finite. */
    static Optional<BigDecimal> toDecimal(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            return Optional.of(new BigDecimal(value.toString()));
        }
        if (value instanceof BigDecimal decimal) {
            return Optional.of(decimal);
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return Optional.of(BigDecimal.valueOf(number));
        }
        return Optional.empty();
    }

    /** The exception for a parameter whose value will not do. */
    MaskParameterException wrong(String name, String rule) {
        return new MaskParameterException(name, "parameter '%s' of mask '%s' %s".formatted(name, mask, rule));
    }
}
