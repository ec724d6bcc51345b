package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code phone}, {@code card} and {@code iban}: numbers with a format. Something may be kept at the start and the end; between, digits
 * and letters become {@code *} and separators stay. What does not have the format is masked whole. Immutable.
 *
 * @param name which of the three
 * @param shapes the formats, of which the first that a value has says what is kept
 */
record FormatMask(String name, List<Shape> shapes) implements ValueMask {
    static final List<String> PHONE = List.of("keepCountry", "last");
    static final List<String> CARD = List.of("first", "last");
    static final List<String> IBAN = List.of("last");

    private static final String HIDDEN = "***";
    private static final String DIGITS = "0123456789";
    /** Stands first where characters are looked up, one after the other, as most separators are blanks. */
    private static final String KEPT = " ";

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** The country codes of ITU-T E.164: no two are the start of the same number. */
    private static final String COUNTRY = "(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
            + "|(?:2[1-689]|3[578]|42|5[09]|6[7-9]|8[035789]|9[679])[0-9])";

    private static final String INTERNATIONAL = "^(?:[+]|00)" + COUNTRY;
    /** A phone number has 7 to 15 digits, and 2 more where it starts with {@code 00}. */
    private static final int LEAST_PHONE = 7;

    private static final int MOST_PHONE = 17;
    /** How many digits of a phone number are hidden at least. */
    private static final int HIDDEN_PHONE = 3;
    /** Card numbers have 12 to 19 digits (ISO/IEC 7812), of which this many are hidden at least. */
    private static final int LEAST_CARD = 12;

    private static final int MOST_CARD = 19;
    private static final int HIDDEN_CARD = 5;
    /** Account numbers have 15 to 34 characters (ISO 13616). */
    private static final int LEAST_IBAN = 15;

    private static final int MOST_IBAN = 34;

    /**
     * One format. The patterns mean the same in PostgreSQL's and Java's regular expressions: a text has one way to match.
     *
     * @param whole what a value must match
     * @param count how many characters it must have
     * @param head what is kept at the start, null where it is the {@code first} characters, between which nothing stands
     * @param first how many characters of {@code hidden} are kept at the start; for a head that says it itself, 0
     * @param last how many characters of {@code hidden} are kept at the end
     * @param hidden the characters that become {@code *}
     */
    record Shape(Pattern whole, Count count, @Nullable Pattern head, int first, int last, String hidden) {
        static Shape of(String whole, Count count, @Nullable String head, int first, int last, String hidden) {
            Pattern start = head == null ? null : Pattern.compile(head);
            return new Shape(Pattern.compile(whole), count, start, first, last, hidden);
        }

        private String any() {
            return hidden.equals(DIGITS) ? "0-9" : "0-9A-Za-z";
        }

        private Pattern tail() {
            return Pattern.compile("(?:[%s][^%s]*){%d}$".formatted(any(), any(), last));
        }

        String sqlApplies(String text) {
            return Sql.op(Sql.bytewise(text), "~", Sql.untyped(whole.pattern())) + " AND " + count.sqlApplies(text);
        }

        /** Most cards and accounts are stored without separators, which is told and masked much sooner than any others. */
        String sqlMasked(String text) {
            return count.isQuick()
                    ? "CASE WHEN " + count.sqlIsAll(text) + " THEN " + sqlPlain(text) + " ELSE " + sqlFormatted(text)
                            + " END"
                    : sqlFormatted(text);
        }

        private String sqlPlain(String text) {
            String length = Sql.op(Sql.call("octet_length", text), "-", number(first + last));
            String middle = Sql.call("repeat", Sql.untyped("*"), length);
            return joined(
                    first == 0 ? "" : Sql.call("left", text, number(first)),
                    middle,
                    last == 0 ? "" : Sql.call("right", text, number(last)));
        }

        private String sqlFormatted(String text) {
            return head == null
                    ? sqlFrom(text, number(first))
                    : Sql.once("e4", found(text, head), start -> sqlFrom(text, start));
        }

        /** Between the last characters separators are rare. */
        private String sqlFrom(String text, String start) {
            if (last == 0) {
                return sqlBetween(text, start, "");
            }
            String end = Sql.call("right", text, number(last));
            String together = Sql.op(Sql.bytewise(end), "~", Sql.untyped("^[" + any() + "]+$"));
            return "CASE WHEN " + together + " THEN " + sqlBetween(text, start, number(last)) + " ELSE "
                    + sqlBetween(text, start, found(text, tail())) + " END";
        }

        private String sqlBetween(String text, String start, String end) {
            boolean starts = !start.equals(number(0));
            String rest = starts ? Sql.call("substr", text, Sql.op(start, "+", number(1))) : text;
            String middle = end.isEmpty() ? rest : Sql.call("left", rest, Sql.op(number(0), "-", end));
            return joined(
                    starts ? Sql.call("left", text, start) : "",
                    Sql.call(
                            "translate",
                            middle,
                            Sql.untyped(KEPT + hidden),
                            Sql.untyped(KEPT + "*".repeat(hidden.length()))),
                    end.isEmpty() ? "" : Sql.call("right", text, end));
        }

        private static String joined(String start, String middle, String end) {
            String started = start.isEmpty() ? middle : Sql.op(start, "||", middle);
            return end.isEmpty() ? started : Sql.op(started, "||", end);
        }

        boolean applies(String text) {
            return count.applies(text) && whole.matcher(text).matches();
        }

        String masked(String text) {
            int start = head == null ? first : end(head.matcher(text));
            Matcher tail = tail().matcher(text);
            int end = last > 0 && tail.find() ? tail.start() : text.length();
            String middle = text.substring(start, end).replaceAll("[" + hidden + "]", "*");
            return text.substring(0, start) + middle + text.substring(end);
        }
    }

    /**
     * How many characters a value must have apart from its separators. PostgreSQL tells this several times faster by counting than
     * by a pattern with numbers in it.
     *
     * @param head what stands before all that is counted, null where nothing does
     */
    record Count(@Nullable Pattern head, String separators, int least, int most) {
        /** Of a text in ASCII, of which bytes are characters. The distance from the middle is asked, so that what takes long stands once. */
        String sqlApplies(String text) {
            String counted = head == null ? text : Sql.call("substr", text, Sql.op(found(text, head), "+", number(1)));
            String twice = Sql.op(number(2), "*", Sql.call("octet_length", sqlWithout(counted)));
            String distance = Sql.call("abs", Sql.op(twice, "-", number(least + most)));
            return Sql.op(distance, "<=", number(most - least));
        }

        private String sqlWithout(String text) {
            String left = Sql.bytewise(text);
            for (String separator : separators.split("")) {
                left = Sql.call("replace", left, Sql.untyped(separator), Sql.untyped(""));
            }
            return left;
        }

        /** The condition that there are no separators. */
        String sqlIsAll(String text) {
            return Sql.op(Sql.call("octet_length", sqlWithout(text)), "=", Sql.call("octet_length", text));
        }

        /** True where it takes little to tell that there are no separators. */
        boolean isQuick() {
            return separators.length() <= 2;
        }

        boolean applies(String text) {
            String counted = head == null ? text : text.substring(end(head.matcher(text)));
            long count = counted.chars().filter(c -> separators.indexOf(c) < 0).count();
            return least <= count && count <= most;
        }
    }

    /** How long what a pattern matches is. */
    private static String found(String text, Pattern pattern) {
        return Sql.call("length", Sql.call("substring", Sql.bytewise(text), Sql.text(pattern.pattern())));
    }

    private static int end(Matcher matcher) {
        return matcher.find() ? matcher.end() : 0;
    }

    private static String number(int number) {
        return Sql.constant("int4", number);
    }

    static FormatMask phone(Parameters parameters) throws MaskParameterException {
        int last = parameters.integer("last", 2, 0, 4);
        Shape any = Shape.of(
                "^[+]?(?:[ ()./-]{0,3}[0-9])+[ )]?$",
                new Count(null, "+ ()./-", LEAST_PHONE, MOST_PHONE),
                null,
                0,
                last,
                DIGITS);
        if (!parameters.flag("keepCountry")) {
            return new FormatMask("phone", List.of(any));
        }
        Count rest = new Count(Pattern.compile(INTERNATIONAL), "+ ()./-", last + HIDDEN_PHONE, MOST_PHONE);
        Shape international =
                Shape.of(INTERNATIONAL + "(?:[ ()./-]{0,3}[0-9])+[ )]?$", rest, INTERNATIONAL, 0, last, DIGITS);
        return new FormatMask("phone", List.of(international, any));
    }

    static FormatMask card(Parameters parameters) throws MaskParameterException {
        int first = parameters.integer("first", 0, 0, 6);
        int last = parameters.integer("last", 4, 0, 4);
        int least = Math.max(LEAST_CARD, first + last + HIDDEN_CARD);
        String whole = "^[0-9](?:[ -]?[0-9])*$";
        String head = first < 2 ? null : "^[0-9](?:[ -]?[0-9]){%d}".formatted(first - 1);
        return new FormatMask(
                "card", List.of(Shape.of(whole, new Count(null, " -", least, MOST_CARD), head, first, last, DIGITS)));
    }

    static FormatMask iban(Parameters parameters) throws MaskParameterException {
        int last = parameters.integer("last", 0, 0, 4);
        String whole = "^[A-Za-z]{2}[0-9]{2}(?: ?[0-9A-Za-z])*$";
        Count count = new Count(null, " ", LEAST_IBAN, MOST_IBAN);
        return new FormatMask("iban", List.of(Shape.of(whole, count, null, 2, last, DIGITS + LETTERS)));
    }

    @Override
    public boolean fits(ColumnType type) {
        return Text.fits(type);
    }

    @Override
    public String sql(String column, ColumnType type) {
        String text = Text.sql(column);
        StringBuilder cases = new StringBuilder("CASE");
        shapes.forEach(shape -> cases.append(" WHEN " + shape.sqlApplies(text) + " THEN " + shape.sqlMasked(text)));
        cases.append(" WHEN " + column + " IS NOT NULL THEN " + Sql.untyped(HIDDEN) + " END");
        return Sql.cast(cases.toString(), "text", type);
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        return value == null ? null : Text.write(masked(Text.read(value, type)), type);
    }

    private String masked(String text) {
        return shapes.stream()
                .filter(shape -> shape.applies(text))
                .findFirst()
                .map(shape -> shape.masked(text))
                .orElse(HIDDEN);
    }
}
