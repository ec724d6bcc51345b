package dev.bauta.proxy.translation;

import dev.bauta.proxy.draft.DraftMask;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Security labels of PostgreSQL Anonymizer on columns, by its manual: {@code MASKED WITH FUNCTION anon.partial(phone, 2, 'xx', 2)},
 * {@code MASKED WITH VALUE 'x'}, {@code NOT MASKED}.
 */
final class AnonymizerLabels {
    private static final Pattern FUNCTION = Pattern.compile(
            "(?is)MASKED\\s+WITH\\s+FUNCTION\\s+(?:\"?([a-z_]\\w*)\"?\\.)?\"?([a-z_]\\w*)\"?\\s*\\((.*)\\)");
    private static final Pattern VALUE = Pattern.compile("(?is)MASKED\\s+WITH\\s+VALUE\\s+(.*)");
    private static final Pattern CLEAR = Pattern.compile("(?i)NOT\\s+MASKED");

    private AnonymizerLabels() {}

    /** Translates a label. */
    static Translation translate(String label) {
        String text = label.strip();
        Matcher value = VALUE.matcher(text);
        if (value.matches()) {
            return constant(value.group(1).strip());
        }
        if (CLEAR.matcher(text).matches()) {
            return Translation.to(DraftMask.NONE);
        }
        Matcher function = FUNCTION.matcher(text);
        if (!function.matches()) {
            return Translation.none("the label is neither MASKED WITH FUNCTION nor MASKED WITH VALUE");
        }
        String schema = String.valueOf(function.group(1)).toLowerCase(Locale.ROOT);
        String name = function.group(2).toLowerCase(Locale.ROOT);
        if (!schema.equals("anon")) {
            return Translation.none("the label's function is not Anonymizer's own");
        }
        return function(name, SqlArguments.split(function.group(3)));
    }

    private static Translation constant(String value) {
        if (value.equalsIgnoreCase("NULL")) {
            return Translation.to(DraftMask.NULL);
        }
        Optional<Object> constant = SqlArguments.constant(value);
        return constant.map(given -> Translation.to(DraftMask.of("constant", "value", given)))
                .orElseGet(() -> Translation.none("the label's value is no plain constant"));
    }

    private static Translation function(String name, List<String> arguments) {
        return switch (name) {
            case "partial" -> partial(arguments);
            case "partial_email" -> Translation.to(DraftMask.of("email"));
            case "hash", "digest" -> Translation.to(DraftMask.of("hash"));
            case "generalize_int4range", "generalize_int8range", "generalize_numrange" -> step(arguments);
            case "generalize_daterange", "generalize_tsrange", "generalize_tstzrange" -> unit(arguments);
            default -> invented(name);
        };
    }

    /** Anonymizer invents values at random or from a hash without a key; ours are constants or keyed. */
    private static Translation invented(String name) {
        if (name.startsWith("pseudo_")) {
            return Translation.to(DraftMask.of("hash", "length", 16));
        }
        if (name.startsWith("random_")
                || name.startsWith("fake_")
                || name.startsWith("dummy_")
                || name.equals("lorem_ipsum")) {
            return Translation.to(DraftMask.of("redact"));
        }
        return Translation.none("anon." + name + " has no counterpart");
    }

    /** {@code partial(value, first, padding, last)}. */
    private static Translation partial(List<String> arguments) {
        if (arguments.size() != 4
                || !(SqlArguments.constant(arguments.get(1)).orElse("") instanceof Integer first)
                || !(SqlArguments.constant(arguments.get(3)).orElse("") instanceof Integer last)
                || first < 0
                || last < 0) {
            return Translation.none("the arguments of anon.partial are not plain constants");
        }
        DraftMask mask = DraftMask.of("partial", "first", first).with("last", last);
        String padding = SqlArguments.constant(arguments.get(2)).orElse("").toString();
        boolean oneCharacter =
                !padding.isEmpty() && padding.codePoints().distinct().count() == 1;
        return Translation.to(
                oneCharacter
                        ? mask.with("character", Character.toString(padding.codePointAt(0)))
                                .with("width", padding.codePointCount(0, padding.length()))
                        : mask);
    }

    private static Translation step(List<String> arguments) {
        Object step = arguments.size() < 2
                ? 10
                : SqlArguments.constant(arguments.get(1)).orElse("");
        return step instanceof Integer number && number > 1
                ? Translation.to(DraftMask.of("truncate", "step", number))
                : Translation.none("the step is no whole number of 2 or more");
    }

    private static Translation unit(List<String> arguments) {
        Object unit = arguments.size() < 2
                ? "decade"
                : SqlArguments.constant(arguments.get(1)).orElse("");
        DraftMask mask = DraftMask.of("truncate", "unit", unit);
        return mask.isBuildable() ? Translation.to(mask) : Translation.none("dates are not cut to that unit");
    }
}
