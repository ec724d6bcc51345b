package dev.bauta.annotation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Security labels of PostgreSQL Anonymizer on columns, by its manual: {@code MASKED WITH FUNCTION anon.partial(phone, 2, 'xx', 2)},
 * {@code MASKED WITH VALUE 'x'}, {@code NOT MASKED}.
 */
final class LabelReader {
    private static final Pattern FUNCTION = Pattern.compile(
            "(?is)MASKED\\s+WITH\\s+FUNCTION\\s+(?:\"?([a-z_]\\w*)\"?\\.)?\"?([a-z_]\\w*)\"?\\s*\\((.*)\\)");
    private static final Pattern VALUE = Pattern.compile("(?is)MASKED\\s+WITH\\s+VALUE\\s+(.*)");
    private static final Pattern CLEAR = Pattern.compile("(?i)NOT\\s+MASKED");

    private LabelReader() {}

    private static ColumnAnnotation to(NamedMask mask) {
        return ColumnAnnotation.of(ColumnAnnotation.Source.LABEL, null, mask);
    }

    /** Nothing of ours does what was asked for. */
    private static ColumnAnnotation none(String problem) {
        return ColumnAnnotation.unreadable(ColumnAnnotation.Source.LABEL, problem);
    }

    /** Reads a label. */
    static ColumnAnnotation read(String label) {
        String text = label.strip();
        Matcher value = VALUE.matcher(text);
        if (value.matches()) {
            return constant(value.group(1).strip());
        }
        if (CLEAR.matcher(text).matches()) {
            return to(NamedMask.of("none"));
        }
        Matcher function = FUNCTION.matcher(text);
        if (!function.matches()) {
            return none("the label is neither MASKED WITH FUNCTION nor MASKED WITH VALUE");
        }
        String schema = String.valueOf(function.group(1)).toLowerCase(Locale.ROOT);
        String name = function.group(2).toLowerCase(Locale.ROOT);
        if (!schema.equals("anon")) {
            return none("the label's function is not Anonymizer's own");
        }
        return function(name, SqlArguments.split(function.group(3)));
    }

    private static ColumnAnnotation constant(String value) {
        if (value.equalsIgnoreCase("NULL")) {
            return to(NamedMask.of("null"));
        }
        Optional<Object> constant = SqlArguments.constant(value);
        return constant.map(given -> to(NamedMask.of("constant", "value", given)))
                .orElseGet(() -> none("the label's value is no plain constant"));
    }

    private static ColumnAnnotation function(String name, List<String> arguments) {
        return switch (name) {
            case "partial" -> partial(arguments);
            case "partial_email" -> to(NamedMask.of("email"));
            case "hash", "digest" -> to(NamedMask.of("hash"));
            case "generalize_int4range", "generalize_int8range", "generalize_numrange" -> step(arguments);
            case "generalize_daterange", "generalize_tsrange", "generalize_tstzrange" -> unit(arguments);
            default -> invented(name);
        };
    }

    /** Anonymizer invents values at random or from a hash without a key; ours are constants or keyed. */
    private static ColumnAnnotation invented(String name) {
        if (name.startsWith("pseudo_")) {
            return to(NamedMask.of("hash", "length", 16));
        }
        if (name.startsWith("random_")
                || name.startsWith("fake_")
                || name.startsWith("dummy_")
                || name.equals("lorem_ipsum")) {
            return to(NamedMask.of("redact"));
        }
        return none("anon." + name + " has no counterpart");
    }

    /** {@code partial(value, first, padding, last)}. */
    private static ColumnAnnotation partial(List<String> arguments) {
        if (arguments.size() != 4
                || !(SqlArguments.constant(arguments.get(1)).orElse("") instanceof Integer first)
                || !(SqlArguments.constant(arguments.get(3)).orElse("") instanceof Integer last)
                || first < 0
                || last < 0) {
            return none("the arguments of anon.partial are not plain constants");
        }
        NamedMask mask = NamedMask.of("partial", "first", first).with("last", last);
        String padding = SqlArguments.constant(arguments.get(2)).orElse("").toString();
        boolean oneCharacter =
                !padding.isEmpty() && padding.codePoints().distinct().count() == 1;
        return to(
                oneCharacter
                        ? mask.with("character", Character.toString(padding.codePointAt(0)))
                                .with("width", padding.codePointCount(0, padding.length()))
                        : mask);
    }

    private static ColumnAnnotation step(List<String> arguments) {
        Object step = arguments.size() < 2
                ? 10
                : SqlArguments.constant(arguments.get(1)).orElse("");
        return step instanceof Integer number && number > 1
                ? to(NamedMask.of("truncate", "step", number))
                : none("the step is no whole number of 2 or more");
    }

    private static ColumnAnnotation unit(List<String> arguments) {
        Object unit = arguments.size() < 2
                ? "decade"
                : SqlArguments.constant(arguments.get(1)).orElse("");
        NamedMask mask = NamedMask.of("truncate", "unit", unit);
        return mask.isBuildable() ? to(mask) : none("dates are not cut to that unit");
    }
}
