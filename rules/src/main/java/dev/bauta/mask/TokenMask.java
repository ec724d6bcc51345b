package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code token}: a prefix and a short keyed token in base64url (RFC 4648, section 5), such as {@code tok_1XWTdZapPYiK}. Equal values
 * of one domain have equal tokens. Immutable.
 *
 * @param digest the digest under the domain's key
 * @param prefix what every token starts with
 * @param length how many characters follow the prefix
 */
record TokenMask(Digest digest, String prefix, int length) implements ValueMask {
    static final List<String> PARAMETERS = List.of(Digest.DOMAIN, "prefix", "length");

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.:-]{0,16}");
    /** 32 bytes in Base64, without padding. */
    private static final int MOST = 43;

    static TokenMask parse(Parameters parameters, KeyRing keys) throws MaskParameterException {
        String prefix = parameters.text("prefix", "tok_");
        if (!PREFIX.matcher(prefix).matches()) {
            throw parameters.wrong("prefix", "must be up to 16 of letters, digits and _ . : -");
        }
        return new TokenMask(Digest.parse(parameters, keys), prefix, parameters.integer("length", 12, 4, MOST));
    }

    @Override
    public String name() {
        return "token";
    }

    @Override
    public boolean fits(ColumnType type) {
        return Text.fits(type) && Text.limit(type) >= prefix.length() + length;
    }

    @Override
    public Optional<String> weakness(ColumnType type) {
        return Digest.weakness(type);
    }

    @Override
    public String sql(String column, ColumnType type) {
        String base64 = Sql.call("encode", digest.sql(column, type), Sql.untyped("base64"));
        String taken = Sql.call("left", base64, Sql.constant("int4", length));
        String url = replaced(replaced(taken, "+", "-"), "/", "_");
        return Sql.cast(Sql.op(Sql.untyped(prefix), "||", url), "text", type);
    }

    private static String replaced(String text, String from, String to) {
        return Sql.call("replace", text, Sql.untyped(from), Sql.untyped(to));
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        if (value == null) {
            return null;
        }
        String url = Base64.getUrlEncoder().encodeToString(digest.of(value, type));
        return Text.write(prefix + url.substring(0, length), type);
    }
}
