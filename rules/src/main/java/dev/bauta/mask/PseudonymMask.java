package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code pseudonym}: every digit becomes another digit, every letter another letter of the same case, and what stands between
 * them stays, so {@code AB-12 cd} becomes something like {@code XK-70 wr}. The new characters come from the value's keyed digest alone, so
 * each of them depends on the whole value. Immutable.
 *
 * <p>PostgreSQL has no function that replaces each character by one of its own, but {@code format} fills as many places as there are with
 * the elements of an array. The value is made into a template in two steps. Characters become their class, {@code 0}, {@code a}
 * or {@code A}; a class becomes a place for one or two digits of the digest (below, the first {@code format} has filled them in),
 * and the two become the place of a letter in {@link #ALPHABET}, which the second {@code format} looks up:
 *
 * <pre>
 *   AB-12 cd   AA-00 aa   %283$s%260$s-70 %122$s%117$s   XI-70 wr
 * </pre>
 *
 * @param digest the digest under the domain's key
 */
record PseudonymMask(Digest digest) implements ValueMask {
    static final List<String> PARAMETERS = List.of(Digest.DOMAIN);

    private static final String DIGITS = "0123456789";
    /** The hexadecimal digits beyond the decimal ones; modulo ten they are 0 to 5. */
    private static final String HEX = "abcdef";

    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** Lower-case letters at places 100 to 199, upper-case letters at 200 to 299, counted from 1. */
    private static final String ALPHABET = "-".repeat(99) + hundred(LOWER) + hundred(UPPER);

    /** What {@code translate} would find last: it looks for a character from the first on. These are their own class. */
    private static final String COMMON = " -";

    /** A letter takes two digits of the digest's 64, so this many letters use up all of them. */
    private static final int LETTERS = Digest.BYTES;

    private static String hundred(String letters) {
        return letters.repeat(4).substring(0, 100);
    }

    static PseudonymMask parse(Parameters parameters, KeyRing keys) throws MaskParameterException {
        return new PseudonymMask(Digest.parse(parameters, keys));
    }

    @Override
    public String name() {
        return "pseudonym";
    }

    @Override
    public boolean fits(ColumnType type) {
        return Text.fits(type) || Numbers.isInteger(type) || type.is("numeric") && Numbers.wholeDigits(type) > 0;
    }

    @Override
    public Optional<String> weakness(ColumnType type) {
        return Digest.weakness(type);
    }

    @Override
    public String sql(String column, ColumnType type) {
        if (Numbers.isInteger(type)) {
            return Sql.cast(integerSql(column, type), "int8", type);
        }
        return Sql.cast(Text.fits(type) ? textSql(column, type) : numericSql(column, type), "text", type);
    }

    private String textSql(String column, ColumnType type) {
        String escaped = replaced(Sql.collated(Text.sql(column)), "%", "%%%%");
        String ascii =
                Sql.call("regexp_replace", escaped, Sql.text("[^\\u0001-\\u007f]"), Sql.text("a"), Sql.text("g"));
        String classes = Sql.call(
                "translate",
                ascii,
                Sql.untyped(COMMON + DIGITS + LOWER + UPPER),
                Sql.untyped(COMMON + "0".repeat(10) + "a".repeat(26) + "A".repeat(26)));
        String places = replaced(replaced(replaced(classes, "0", "%s"), "a", "%%1%s%s$s"), "A", "%%2%s%s$s");
        String alphabet = Sql.call("string_to_array", Sql.text(ALPHABET), "NULL::pg_catalog.text");
        return filled(filled(places, stream(column, type)), alphabet);
    }

    /** NaN and the infinities hold no digits, and stay. */
    private String numericSql(String column, ColumnType type) {
        String classes =
                Sql.call("translate", Digest.textSql(column, type), Sql.untyped(DIGITS), Sql.untyped("0".repeat(10)));
        return filled(replaced(classes, "0", "%s"), stream(column, type));
    }

    /** The digest's digits in decimal, two for each character, from the first again where they do not suffice, as an array. */
    private String stream(String column, ColumnType type) {
        String length = Sql.call("length", Digest.textSql(column, type));
        String bytes = Sql.call("substr", digest.sql(column, type), Sql.constant("int4", 1), length);
        String digits = Digest.hexSql(bytes);
        for (int i = 0; i < HEX.length(); i++) {
            digits = replaced(digits, HEX.substring(i, i + 1), DIGITS.substring(i, i + 1));
        }
        String rounds = Sql.op(Sql.op(length, "/", Sql.constant("int4", LETTERS)), "+", Sql.constant("int4", 1));
        return Sql.call("string_to_array", Sql.call("repeat", digits, rounds), "NULL::pg_catalog.text");
    }

    private static String filled(String template, String elements) {
        return Sql.call("format", template, "VARIADIC " + elements);
    }

    private static String replaced(String text, String from, String to) {
        return Sql.call("replace", text, Sql.untyped(from), Sql.untyped(to));
    }

    /** A number of as many digits, none less than 1 followed by zeros, and of the same sign. */
    private String integerSql(String column, ColumnType type) {
        String text = Sql.call("ltrim", Text.sql(column), Sql.text("-"));
        String least = Sql.call("rpad", Sql.text("1"), Sql.call("length", text), Sql.text("0")) + "::pg_catalog.int8";
        String room = Sql.op(Sql.constant("int8", Numbers.largest(type)), "-", least);
        String span = "LEAST(" + Sql.op(least, "*", Sql.constant("int8", 9)) + ", " + room + ")";
        String number = Sql.op(least, "+", Sql.op(Digest.numberSql(digest.sql(column, type)), "%", span));
        String sign = "CASE WHEN " + Sql.op(column + "::pg_catalog.int8", "<", Sql.constant("int8", 0)) + " THEN "
                + Sql.constant("int8", -1) + " ELSE " + Sql.constant("int8", 1) + " END";
        return Sql.op(number, "*", sign);
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        if (value == null) {
            return null;
        }
        String hex = digest.hex(value, type);
        if (Numbers.isInteger(type)) {
            return integer(((Number) value).longValue(), hex, type);
        }
        if (value instanceof String) {
            return Text.write(pseudonym(Digest.text(value, type), hex), type);
        }
        return value instanceof BigDecimal
                ? Numbers.shown(new BigDecimal(pseudonym(Digest.text(value, type), hex)), type)
                : value;
    }

    private static Object integer(long value, String hex, ColumnType type) {
        int digits = Long.toString(value).replace("-", "").length();
        long least = BigDecimal.TEN.pow(digits - 1).longValueExact();
        long span = Math.min(least * 9, Numbers.largest(type) - least);
        return Numbers.box((least + Digest.number(hex) % span) * (value < 0 ? -1 : 1), type);
    }

    private static String pseudonym(String text, String hex) {
        int[] digits = hex.chars().map(c -> Character.digit(c, 16) % 10).toArray();
        StringBuilder pseudonym = new StringBuilder();
        int next = 0;
        for (int c : text.codePoints().toArray()) {
            if (DIGITS.indexOf(c) >= 0) {
                pseudonym.append(digits[next++ % digits.length]);
            } else if (UPPER.indexOf(c) >= 0 || LOWER.indexOf(c) >= 0 || c > 0x7f) {
                int number = 10 * digits[next++ % digits.length] + digits[next++ % digits.length];
                pseudonym.append((UPPER.indexOf(c) >= 0 ? UPPER : LOWER).charAt(number % 26));
            } else {
                pseudonym.appendCodePoint(c);
            }
        }
        return pseudonym.toString();
    }
}
