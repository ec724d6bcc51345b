package dev.bauta.mask;

import java.util.regex.Pattern;

/**
 * The check digit of payment cards (ISO/IEC 7812-1, annex B): counted from the last, every second digit is doubled, and the digits of all
 * of these add up to a multiple of ten. Stateless.
 */
public final class Luhn {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final String SINGLE = "0123456789";
    /** The sum of the digits of each digit's double. */
    private static final String DOUBLED = "0246813579";

    private Luhn() {}

    /** True for one or more ASCII digits of which the last is the check digit of the others. */
    public static boolean holds(String text) {
        if (!DIGITS.matcher(text).matches()) {
            return false;
        }
        int sum = 0;
        for (int i = 1; i <= text.length(); i++) {
            int digit = text.charAt(text.length() - i) - '0';
            sum += i % 2 == 1 ? digit : DOUBLED.charAt(digit) - '0';
        }
        return sum % 10 == 0;
    }

    /** The same of an expression of type text, which is digits or NULL; NULL for NULL. Its rows are called {@code c0}. */
    static String sql(String digits) {
        String rows =
                Sql.call("unnest", Sql.call("string_to_array", Sql.call("reverse", digits), "NULL::pg_catalog.text"));
        String even = Sql.op(Sql.op("c0.n", "%", Sql.constant("int8", 2)), "=", Sql.constant("int8", 0));
        String digit = "CASE WHEN " + even + " THEN "
                + Sql.call("translate", "c0.v", Sql.text(SINGLE), Sql.text(DOUBLED)) + " ELSE c0.v END";
        String sum = Sql.call("sum", "(" + digit + ")::pg_catalog.int4");
        return "(SELECT "
                + Sql.op(Sql.op(sum, "%", Sql.constant("int8", 10)), "=", Sql.constant("int8", 0)) + " FROM " + rows
                + " WITH ORDINALITY AS c0(v, n))";
    }
}
