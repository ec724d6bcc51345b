package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code email}: {@code maria.rossi@example.com} becomes {@code m***@***.com}, or {@code m***@example.com} with
 * {@code keepDomain}. What does not look like an e-mail address is masked whole. Immutable.
 *
 * @param first how many characters are kept at the start; none where the part before the {@code @} has no more than these
 * @param keepDomain whether the domain is kept rather than the top-level domain alone
 */
record EmailMask(int first, boolean keepDomain) implements ValueMask {
    static final List<String> PARAMETERS = List.of("first", "keepDomain");

    private static final String HIDDEN = "***";
    /** Longer than any address that mail servers take (RFC 5321, 4.5.3.1), and short enough to match in no time. */
    private static final int LONGEST = 320;
    /**
     * An address whose end shows: letters after the last dot. The same in Java and in PostgreSQL's regular expressions under the
     * collation "C".
     */
    private static final String END = "[^@.][.][A-Za-z][A-Za-z]+$";

    private static final String ANY_DOMAIN = "^[^@]+@.*" + END;

    private static final String PLAIN_DOMAIN = "^[^@]+@[A-Za-z0-9.-]*[A-Za-z0-9][.][A-Za-z][A-Za-z]+$";
    /**
     * Few letters, lest the end of some other text shows. That a dot is near the end is asked beside the pattern: PostgreSQL takes twice
     * as long for a pattern with numbers in it.
     */
    private static final int MOST_LETTERS = 10;

    private static final int MOST_LETTERS_PLAIN = 24;

    private static final Pattern ANY = Pattern.compile(ANY_DOMAIN, Pattern.DOTALL);
    private static final Pattern PLAIN = Pattern.compile(PLAIN_DOMAIN, Pattern.DOTALL);

    static EmailMask parse(Parameters parameters) throws MaskParameterException {
        return new EmailMask(parameters.integer("first", 1, 0, 64), parameters.flag("keepDomain"));
    }

    @Override
    public String name() {
        return "email";
    }

    @Override
    public boolean fits(ColumnType type) {
        return Text.fits(type);
    }

    @Override
    public String sql(String column, ColumnType type) {
        String cases =
                "CASE WHEN " + isOther(column) + " THEN " + Sql.untyped(HIDDEN) + " ELSE " + address(column) + " END";
        return Sql.cast(cases, "text", type);
    }

    /** NULL for NULL. */
    private String isOther(String column) {
        return Text.longerSql(column, LONGEST) + " OR " + (keepDomain ? hasOtherDomain(column) : hasOtherEnd(column));
    }

    private static String hasOtherDomain(String column) {
        String end = Sql.call("right", column, Sql.constant("int4", MOST_LETTERS_PLAIN + 1));
        return Sql.op(Sql.call("strpos", Sql.bytewise(end), Sql.untyped(".")), "=", Sql.constant("int4", 0)) + " OR "
                + Sql.op(Sql.bytewise(Text.sql(column)), "!~", Sql.untyped(PLAIN_DOMAIN));
    }

    /**
     * A character before the first {@code @}, and at the end the last dot with a character before it and letters after it: none of these is
     * an {@code @}, so the first one stands before them all.
     */
    private static String hasOtherEnd(String column) {
        String end = Sql.call("right", column, Sql.constant("int4", MOST_LETTERS + 2));
        return Sql.op(at(column), "<", Sql.constant("int4", 2)) + " OR "
                + Sql.op(Sql.bytewise(end), "!~", Sql.untyped(END));
    }

    private int mostLetters() {
        return keepDomain ? MOST_LETTERS_PLAIN : MOST_LETTERS;
    }

    /** NULL for NULL. */
    private String address(String column) {
        String hidden = Sql.untyped(keepDomain ? HIDDEN : HIDDEN + "@" + HIDDEN);
        String start = first == 0 ? hidden : Sql.op(local(column), "||", hidden);
        String end = keepDomain
                ? Sql.call("substr", Text.sql(column), at(column))
                : Sql.call("right", column, fromDot(column));
        return Sql.op(start, "||", end);
    }

    private String local(String column) {
        String longer = Sql.op(at(column), ">", Sql.constant("int4", first + 1));
        String kept = Sql.call("left", column, Sql.constant("int4", first));
        return "CASE WHEN " + longer + " THEN " + kept + " ELSE " + Sql.untyped("") + " END";
    }

    private static String fromDot(String column) {
        return Sql.call("strpos", Sql.bytewise(Sql.call("reverse", column)), Sql.untyped("."));
    }

    private static String at(String column) {
        return Sql.call("strpos", Sql.bytewise(column), Sql.untyped("@"));
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        return value == null ? null : Text.write(masked(Text.read(value, type)), type);
    }

    private String masked(String text) {
        Pattern address = keepDomain ? PLAIN : ANY;
        if (Text.length(text) > LONGEST
                || text.lastIndexOf('.') < text.length() - mostLetters() - 1
                || !address.matcher(text).matches()) {
            return HIDDEN;
        }
        int at = text.indexOf('@');
        String local = Text.length(text.substring(0, at)) > first ? Text.first(text, first) : "";
        String domain = keepDomain ? text.substring(at + 1) : HIDDEN + text.substring(text.lastIndexOf('.'));
        return local + HIDDEN + "@" + domain;
    }
}
