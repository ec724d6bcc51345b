package dev.bauta.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds payment cards in free text. A row of groups of digits with little between them is looked at as a whole, as what stands beside a
 * card (a year, the next card) must not shift the view of it:
 *
 * <pre>
 *   paid 2026 4111 1111-1111 1111 on 12/27     a row of five groups, of which the last four make a card
 *        ‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾
 * </pre>
 *
 * A row holds a card if some neighbouring groups have 12 to 19 digits (ISO/IEC 7812-1) and the check digit is right, or if one has 20
 * digits or more, which may be cards together. Then the whole row is taken. Stateless.
 */
final class CardNumbers {
    private static final int LEAST = 12;
    private static final int MOST = 19;

    private static final String GROUP = "[0-9]{3,}";
    private static final String BETWEEN = "[." + TextMask.BLANKS + TextMask.HYPHENS + "]";
    private static final String GAP = BETWEEN + "{1,3}";
    private static final String ROW =
            "(?<![0-9])GROUP(?:GAPGROUP)*".replace("GROUP", GROUP).replace("GAP", GAP);
    /** What any row with a card has; most texts have no such thing, and are looked at no further. */
    private static final String LONG = "[0-9](?:" + BETWEEN + "{0,3}[0-9]){" + (LEAST - 1) + "}";

    private static final String TOO_LONG = "[0-9]{%d}".formatted(MOST + 1);
    /** How many groups of three digits may follow another, up to where a card can end. */
    private static final int FOLLOWING = MOST / 3;

    private static final Pattern GROUPS = Pattern.compile("(?<![0-9])" + GROUP);
    private static final Pattern GAPS = Pattern.compile(GAP);

    private CardNumbers() {}

    /** The text with a label in place of each row with a card. Its rows are called {@code c} and a number. */
    static String sql(String text, String label) {
        return Sql.once(
                text,
                searched -> "CASE WHEN " + Sql.op(searched, "~", Sql.text(LONG)) + " THEN "
                        + sqlReplaced(searched, label) + " ELSE " + searched + " END");
    }

    /**
     * PostgreSQL reckons with ten elements of an array and with a thousand pieces of a text: with the array it takes the expression for
     * cheap enough not to compile it, which would take longer than to evaluate it thousands of times.
     */
    private static String sqlReplaced(String text, String label) {
        String between = Sql.call("unnest", Sql.call("regexp_split_to_array", text, Sql.text(ROW)));
        String rows = "ROWS FROM (" + between + ", " + Sql.call("regexp_matches", text, Sql.text(ROW), Sql.text("g"))
                + ") WITH ORDINALITY AS c2(before, found, n)";
        String replaced = "CASE WHEN " + sqlHoldsCard("c2.found[1]") + " THEN " + Sql.text(label)
                + " ELSE COALESCE(c2.found[1], " + Sql.text("") + ") END";
        String all = "pg_catalog.string_agg(" + Sql.op("c2.before", "||", replaced) + ", " + Sql.text("")
                + " ORDER BY c2.n)";
        return "(SELECT " + all + " FROM " + rows + ")";
    }

    /** From each group on, what has so many digits and ends where a group ends is held against its check digit. */
    private static String sqlHoldsCard(String row) {
        String groups = "(SELECT pg_catalog.string_agg(c3.found[1], " + Sql.text(" ")
                + ") OVER (ORDER BY c3.n ROWS BETWEEN CURRENT ROW AND " + FOLLOWING + " FOLLOWING) FROM "
                + Sql.call("regexp_matches", row, Sql.text("[0-9]+"), Sql.text("g"))
                + " WITH ORDINALITY AS c3(found, n)) AS c4(v)";
        String more = "c5.n::pg_catalog.text";
        String pattern = Sql.op(Sql.op(Sql.text("^[0-9](?: ?[0-9]){"), "||", more), "||", Sql.text("}(?![0-9])"));
        String found = Sql.call("substring", "c4.v", pattern);
        String digits = Sql.call("replace", found, Sql.text(" "), Sql.text(""));
        String lengths = Sql.call("generate_series", Sql.constant("int4", LEAST - 1), Sql.constant("int4", MOST - 1));
        return Sql.op(row, "~", Sql.text(TOO_LONG)) + " OR EXISTS (SELECT 1 FROM " + groups + ", " + lengths
                + " AS c5(n) WHERE " + found + " IS NOT NULL AND " + Luhn.sql(digits) + ")";
    }

    /** The same in Java. */
    static String replace(String text, String label) {
        List<MatchResult> groups = GROUPS.matcher(text).results().toList();
        StringBuilder replaced = new StringBuilder();
        int copied = 0;
        for (int first = 0, next; first < groups.size(); first = next) {
            next = first + 1;
            while (next < groups.size()
                    && isGap(text, groups.get(next - 1).end(), groups.get(next).start())) {
                next++;
            }
            List<MatchResult> row = groups.subList(first, next);
            replaced.append(text, copied, row.get(0).start());
            copied = row.get(row.size() - 1).end();
            replaced.append(holdsCard(row) ? label : text.substring(row.get(0).start(), copied));
        }
        return replaced.append(text, copied, text.length()).toString();
    }

    private static boolean isGap(String text, int from, int to) {
        return GAPS.matcher(text).region(from, to).matches();
    }

    private static boolean holdsCard(List<MatchResult> row) {
        List<String> groups = new ArrayList<>();
        row.forEach(group -> groups.add(group.group()));
        for (int first = 0; first < groups.size(); first++) {
            StringBuilder digits = new StringBuilder();
            for (int last = first; last < groups.size() && digits.length() < MOST; last++) {
                digits.append(groups.get(last));
                boolean card = digits.length() >= LEAST && digits.length() <= MOST && Luhn.holds(digits.toString());
                if (card || groups.get(last).length() > MOST) {
                    return true;
                }
            }
        }
        return false;
    }
}
