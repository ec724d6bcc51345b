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
     * @param count how many characters it must have, null where the pattern says it
     * @param head what is kept at the start, null for nothing
     * @param last how many characters of {@code hidden} are kept at the end
     * @param hidden the characters that become {@code *}
     */
    record Shape(Pattern whole, @Nullable Count count, @Nullable Pattern head, int last, String hidden) {
        static Shape of(String whole, @Nullable Count count, @Nullable String head, int last, String hidden) {
            return new Shape(Pattern.compile(whole), count, head == null ? null : Pattern.compile(head), last, hidden);
        }

        private Pattern tail() {
            String any = hidden.equals(DIGITS) ? "0-9" : "0-9A-Za-z";
            return Pattern.compile("(?:[%s][^%s]*){%d}$".formatted(any, any, last));
        }

        String sqlApplies(String text) {
            String matches = Sql.op(Sql.bytewise(text), "~", Sql.untyped(whole.pattern()));
            return count == null ? matches : matches + " AND " + count.sqlApplies(text);
        }

        String sqlMasked(String text) {
            String rest = text;
            String start = "";
            if (head != null) {
                String kept = found(text, head);
                start = Sql.call("left", text, kept);
                rest = Sql.call("substr", text, Sql.op(kept, "+", Sql.constant("int4", 1)));
            }
            String end = "";
            if (last > 0) {
                String kept = found(text, tail());
                end = Sql.call("right", text, kept);
                rest = Sql.call("left", rest, Sql.op(Sql.constant("int4", 0), "-", kept));
            }
            String middle = Sql.call("translate", rest, Sql.untyped(hidden), Sql.untyped("*".repeat(hidden.length())));
            String started = start.isEmpty() ? middle : Sql.op(start, "||", middle);
            return end.isEmpty() ? started : Sql.op(started, "||", end);
        }

        private static String found(String text, Pattern pattern) {
            return Sql.call("length", Sql.call("substring", Sql.bytewise(text), Sql.text(pattern.pattern())));
        }

        boolean applies(String text) {
            return (count == null || count.applies(text)) && whole.matcher(text).matches();
        }

        String masked(String text) {
            int start = head == null ? 0 : end(head.matcher(text));
            Matcher tail = tail().matcher(text);
            int end = last > 0 && tail.find() ? tail.start() : text.length();
            String middle = text.substring(start, end).replaceAll("[" + hidden + "]", "*");
            return text.substring(0, start) + middle + text.substring(end);
        }

        private static int end(Matcher matcher) {
            return matcher.find() ? matcher.end() : 0;
        }
    }

    /**
     * How many characters a value must have apart from its separators. PostgreSQL tells this several times faster by counting than
     * by a pattern with numbers in it.
     */
    record Count(String separators, int least, int most) {
        String sqlApplies(String text) {
            String counted = Sql.bytewise(text);
            for (String separator : separators.split("")) {
                counted = Sql.call("replace", counted, Sql.untyped(separator), Sql.untyped(""));
            }
            String count = Sql.call("length", counted);
            return Sql.op(count, ">=", Sql.constant("int4", least)) + " AND "
                    + Sql.op(count, "<=", Sql.constant("int4", most));
        }

        boolean applies(String text) {
            long count = text.chars().filter(c -> separators.indexOf(c) < 0).count();
            return least <= count && count <= most;
        }
    }

    static FormatMask phone(Parameters parameters) throws MaskParameterException {
        int last = parameters.integer("last", 2, 0, 4);
        Shape any = Shape.of(
                "^[+]?(?:[ ()./-]{0,3}[0-9])+[ )]?$",
                new Count("+ ()./-", LEAST_PHONE, MOST_PHONE),
                null,
                last,
                DIGITS);
        if (!parameters.flag("keepCountry")) {
            return new FormatMask("phone", List.of(any));
        }
        String rest = "(?:[ ()./-]{0,3}[0-9]){%d,%d}[ )]?$".formatted(last + HIDDEN_PHONE, MOST_PHONE);
        return new FormatMask("phone", List.of(Shape.of(INTERNATIONAL + rest, null, INTERNATIONAL, last, DIGITS), any));
    }

    static FormatMask card(Parameters parameters) throws MaskParameterException {
        int first = parameters.integer("first", 0, 0, 6);
        int last = parameters.integer("last", 4, 0, 4);
        int least = Math.max(LEAST_CARD, first + last + HIDDEN_CARD);
        String whole = "^[0-9](?:[ -]?[0-9])*$";
        String head = first == 0 ? null : "^[0-9](?:[ -]?[0-9]){%d}".formatted(first - 1);
        return new FormatMask("card", List.of(Shape.of(whole, new Count(" -", least, MOST_CARD), head, last, DIGITS)));
    }

    static FormatMask iban(Parameters parameters) throws MaskParameterException {
        int last = parameters.integer("last", 0, 0, 4);
        String whole = "^[A-Za-z]{2}[0-9]{2}(?: ?[0-9A-Za-z])*$";
        Count count = new Count(" ", LEAST_IBAN, MOST_IBAN);
        return new FormatMask("iban", List.of(Shape.of(whole, count, "^[A-Za-z]{2}", last, DIGITS + LETTERS)));
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
