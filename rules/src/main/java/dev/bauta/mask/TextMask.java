package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code text}: finds personal data in free text by its form, and puts a label such as {@code [email]} in its place. The rest of the text
 * stays. Immutable.
 *
 * @param kinds what is looked for, each kind in the text that the ones before it have left
 */
record TextMask(List<Kind> kinds) implements ValueMask {
    static final List<String> PARAMETERS = List.of("find");

    /** For a class of characters: blanks, also those that do not break a line or take up no room. */
    static final String BLANKS = " \\u00a0\\u2000-\\u200f\\u202f";
    /** For the end of a class: hyphens, dashes and the minus sign. */
    static final String HYPHENS = "\\u2010-\\u2015\\u2212-";

    /**
     * What can be found. The patterns mean the same in Java and, under the collation "C", in PostgreSQL, although PostgreSQL takes the longest
     * match and Java the first alternative and the greedy repetition: no two alternatives can start alike, and a repetition that
     * can go on and what follows it share no character, or taking more of it makes the whole longer. They look one character back and
     * ahead, lest they start in the middle of something; that also keeps the search from starting over at each character of a long word.
     * In doubt they take too much rather than too little.
     */
    enum Kind {
        /** The part before the at sign, perhaps quoted, and a domain, letters outside ASCII included. In URLs the sign is {@code %40}. */
        EMAIL(
                "(?<!LOCAL)(?:\"[^\"@]{1,64}\"|LOCAL+)(?:@|%40)DOMAIN*LABEL"
                        .replace("LOCAL", "[^\\u0001-\\u0020\"(),:;<>@\\[\\\\\\]\\u007f]")
                        .replace("DOMAIN", "[^\\u0001-,/:-@\\[-^`{-\\u007f]")
                        .replace("LABEL", "[^\\u0001-,./:-@\\[-^`{-\\u007f]"),
                "@|%40"),
        /**
         * Version 4 in dotted decimals; version 6 whole, or with two colons for a run of zeros and perhaps an address of version 4 or a
         * port after a dot at the end.
         */
        IP(
                "(?<![0-9])(?:[0-9]{1,3}[.]){3}[0-9]{1,3}(?![0-9])"
                        + "|(?<![0-9A-Za-z:])(?:(?:HEX:){7}HEX(?![0-9A-Za-z:])".replace("HEX", "[0-9A-Fa-f]{1,4}")
                        + "|(?:HEX(?::HEX){0,6})?::(?:HEX(?::HEX){0,6}(?:[.][0-9]{1,5}){0,3})?(?![0-9A-Za-z:]))"
                                .replace("HEX", "[0-9A-Fa-f]{1,4}"),
                "[0-9]|:[0-9A-Fa-f]*:"),
        /** Country, check digits, and 11 to 30 characters together, or in groups of four as they are printed. */
        IBAN(
                "(?<![0-9A-Za-z])[A-Za-z]{2}[0-9]{2}"
                        + "(?:[0-9A-Za-z]{11,30}|(?:GAP[0-9A-Z]{4}){2,7}(?:GAP[0-9A-Z]{1,3})?)(?![0-9A-Za-z])"
                                .replace("GAP", "[" + BLANKS + HYPHENS + "]"),
                "[0-9]"),
        /**
         * National identity and social security numbers: of the United States, Italy, the United Kingdom, Spain (DNI and
         * NIE), Switzerland, and France, Corsica's departments included.
         */
        ID(
                ("(?<![0-9A-Za-z])(?:[0-9]{3}~[0-9]{2}~[0-9]{4}"
                                + "|[A-Za-z]{6}OO[A-Za-z]OO[A-Za-z]OOO[A-Za-z]".replace("O", "[0-9L-NP-Vl-np-v]")
                                + "|[A-Za-z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-Da-d]"
                                + "|[0-9]{8}~?[A-Za-z]|[XYZxyz]~?[0-9]{7}~?[A-Za-z]"
                                + "|756[.][0-9]{4}[.][0-9]{4}[.][0-9]{2}|756[0-9]{10}"
                                + "|[12][0-9]{4}PLACE[0-9]{6} ?[0-9]{2}|[12] [0-9]{2} [0-9]{2} PLACE [0-9]{3} [0-9]{3}(?: [0-9]{2})?)(?![0-9A-Za-z])")
                        .replace("PLACE", "(?:[0-9]{2}|2[ABab])")
                        .replace(" ", "[" + BLANKS + "]")
                        .replace("~", "[" + HYPHENS + "]"),
                "[0-9]|[A-Za-z]{16}"),
        /** Numbers with the check digit of a payment card, which no pattern finds but {@link CardNumbers}. */
        CARD(null, "[0-9]"),
        /** 7 to 15 digits with up to three separators between two of them. */
        PHONE("(?<![0-9])[+]?[(]?[0-9](?:[" + BLANKS + "()./" + HYPHENS + "]{0,3}[0-9]){6,14}(?![0-9])", "[0-9]");

        private final @Nullable Pattern pattern;
        private final String sign;

        /**
         * @param pattern what is found, null where no pattern tells
         * @param sign a pattern that is quick to look for, and stands in whatever is found
         */
        Kind(@Nullable String pattern, String sign) {
            this.pattern = pattern == null ? null : Pattern.compile(pattern);
            this.sign = sign;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String label() {
            return "[" + word() + "]";
        }

        private String sql(String text) {
            return pattern == null
                    ? CardNumbers.sql(text, label())
                    : Sql.call("regexp_replace", text, Sql.text(pattern.pattern()), Sql.text(label()), Sql.text("g"));
        }

        private String replace(String text) {
            return pattern == null
                    ? CardNumbers.replace(text, label())
                    : pattern.matcher(text).replaceAll(label());
        }
    }

    static TextMask parse(Parameters parameters) throws MaskParameterException {
        if (!parameters.has("find")) {
            return new TextMask(List.of(Kind.values()));
        }
        List<Kind> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (parameters.raw("find") instanceof List<?> words && words.contains(kind.word())) {
                kinds.add(kind);
            }
        }
        boolean all = parameters.raw("find") instanceof List<?> words && words.size() == kinds.size();
        if (kinds.isEmpty() || !all) {
            throw parameters.wrong(
                    "find",
                    "must be a list of some of "
                            + String.join(
                                    ", ",
                                    Arrays.stream(Kind.values()).map(Kind::word).toList()));
        }
        return new TextMask(List.copyOf(kinds));
    }

    @Override
    public String name() {
        return "text";
    }

    @Override
    public boolean fits(ColumnType type) {
        return Text.fits(type);
    }

    @Override
    public String sql(String column, ColumnType type) {
        String whole = Sql.bytewise(Text.sql(column));
        String text = whole;
        for (Kind kind : kinds) {
            text = kind.sql(text);
        }
        String cases =
                "CASE WHEN " + Sql.op(whole, "~", Sql.untyped(signs())) + " THEN " + text + " ELSE " + whole + " END";
        return Sql.cast(Sql.collated(cases), "text", type);
    }

    /** No text without any of these is changed, by the first kind and so by all. */
    private String signs() {
        return kinds.stream()
                .flatMap(kind -> Arrays.stream(kind.sign.split("[|]")))
                .distinct()
                .collect(Collectors.joining("|"));
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        if (value == null) {
            return null;
        }
        String text = Text.read(value, type);
        for (Kind kind : kinds) {
            text = kind.replace(text);
        }
        return Text.write(text, type);
    }
}
