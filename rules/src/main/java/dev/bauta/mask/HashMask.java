package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code hash}: a keyed pseudonym, from HMAC-SHA-256 under the domain's key. Equal values of one domain give equal pseudonyms, so
 * that joins and counts keep working; without the key nobody can compute one. Immutable.
 *
 * <p>The message is the value's UTF-8 text: a string as it is (of {@code char(n)} without padding), a number in plain decimal
 * notation without needless zeros, a uuid in lower case; of {@code bytea} the bytes. A string becomes hexadecimal digits, a number
 * some of the digest's low decimal digits, a uuid a random-looking (version 4) one, {@code bytea} the digest.
 *
 * @param key the domain's key
 * @param length the most hexadecimal digits, decimal digits or bytes of a pseudonym
 */
record HashMask(DomainKey key, int length) implements ValueMask {
    static final List<String> PARAMETERS = List.of("domain", "length");

    private static final Pattern DOMAIN = Pattern.compile("[a-z][a-z0-9_]{0,30}(@[a-z0-9_]{1,16})?");
    private static final Set<String> OTHER_TYPES = Set.of("uuid", "bytea");
    private static final int DIGEST_BYTES = 32;
    /** 15 hexadecimal digits, 60 bits, make a number that is never negative. */
    private static final int NUMBER_HEX = 15;

    private static final int MOST_DIGITS = 18;

    static HashMask parse(Parameters parameters, KeyRing keys) throws MaskParameterException {
        String domain = parameters.text("domain", KeyRing.DEFAULT_DOMAIN);
        if (!DOMAIN.matcher(domain).matches()) {
            throw parameters.wrong("domain", "must be a lower-case letter and up to 30 of a-z, 0-9 and _");
        }
        int length = parameters.integer("length", 2 * DIGEST_BYTES, 1, 2 * DIGEST_BYTES);
        return new HashMask(keys.domain(domain), length);
    }

    @Override
    public String name() {
        return "hash";
    }

    @Override
    public boolean fits(ColumnType type) {
        return Text.fits(type)
                || Numbers.isInteger(type)
                || type.is("numeric") && digits(type) > 0
                || type.name().schema().equals("pg_catalog")
                        && OTHER_TYPES.contains(type.name().name());
    }

    /** How many decimal digits a pseudonym of the type may have, 0 where there is no room for any. */
    private int digits(ColumnType type) {
        int room = MOST_DIGITS;
        if (Numbers.isInteger(type)) {
            room = Long.toString(Numbers.largest(type)).length() - 1;
        } else if (Numbers.isBounded(type)) {
            room = Numbers.scale(type) < 0 ? 0 : Numbers.precision(type) - Numbers.scale(type);
        }
        return Math.min(Math.min(room, MOST_DIGITS), length);
    }

    @Override
    public String sql(String column, ColumnType type) {
        if (type.is("bytea")) {
            String bytes = key.hmacSql(column + "::pg_catalog.bytea");
            return Sql.call("substr", bytes, Sql.constant("int4", 1), Sql.constant("int4", length));
        }
        String message = Sql.call("convert_to", message(column, type), Sql.constant("name", "UTF8"));
        String hex = Sql.call("encode", key.hmacSql(message), Sql.text("hex"));
        if (Text.fits(type)) {
            return Sql.cast(Sql.call("left", hex, Sql.constant("int4", length)), type);
        }
        return Sql.cast(type.is("uuid") ? uuidSql(hex) : numberSql(hex, digits(type)), type);
    }

    private static String message(String column, ColumnType type) {
        if (type.is("numeric")) {
            return Sql.call("trim_scale", column + "::pg_catalog.numeric") + "::pg_catalog.text";
        }
        return Text.sql(column);
    }

    private static String numberSql(String hex, int digits) {
        String taken = Sql.call("left", hex, Sql.constant("int4", NUMBER_HEX));
        String bits = Sql.op(Sql.text("x"), "||", taken) + "::bit(" + 4 * NUMBER_HEX + ")";
        return Sql.op(bits + "::pg_catalog.int8", "%", Sql.constant("int8", power(digits)));
    }

    private static String uuidSql(String hex) {
        String sized = Sql.call("left", hex, Sql.constant("int4", 32));
        return overlaid(overlaid(sized, "4", 13), "8", 17);
    }

    private static String overlaid(String text, String digit, int at) {
        return Sql.call("overlay", text, Sql.text(digit), Sql.constant("int4", at), Sql.constant("int4", 1));
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        if (value == null) {
            return null;
        }
        if (value instanceof byte[] bytes) {
            return Arrays.copyOf(key.hmac(bytes), Math.min(length, DIGEST_BYTES));
        }
        byte[] digest = key.hmac(message(value, type).getBytes(StandardCharsets.UTF_8));
        String hex = HexFormat.of().formatHex(digest);
        if (Text.fits(type)) {
            return Text.write(Text.first(hex, length), type);
        }
        return type.is("uuid") ? uuid(hex) : number(hex, type);
    }

    private static String message(Object value, ColumnType type) {
        if (Text.fits(type)) {
            return Text.read(value, type);
        }
        return value instanceof BigDecimal decimal
                ? decimal.stripTrailingZeros().toPlainString()
                : value.toString();
    }

    private Object number(String hex, ColumnType type) {
        long number = Long.parseLong(hex.substring(0, NUMBER_HEX), 16) % power(digits(type));
        return type.is("numeric") ? Numbers.shown(BigDecimal.valueOf(number), type) : Numbers.box(number, type);
    }

    private static UUID uuid(String hex) {
        String high = hex.substring(0, 12) + "4" + hex.substring(13, 16);
        String low = "8" + hex.substring(17, 32);
        return new UUID(Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16));
    }

    private static long power(int digits) {
        return BigDecimal.TEN.pow(digits).longValueExact();
    }
}
