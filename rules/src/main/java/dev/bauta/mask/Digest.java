package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The keyed digest that pseudonyms are made of: HMAC-SHA-256, under a domain's key, of a value's text in UTF-8, and what becomes of
 * its bits. Immutable.
 *
 * <p>The text is a string as it is (of {@code char(n)} without padding), a number in plain decimal notation without needless zeros, a
 * uuid in lower case; of {@code bytea} the bytes are taken instead, after one more {@link #MARK} where they begin with one.
 *
 * @param key the domain's key
 */
record Digest(DomainKey key) {
    /** The parameter that names the domain. */
    static final String DOMAIN = "domain";
    /** SHA-256's length. */
    static final int BYTES = 32;

    /** So many characters or digits of a type make few values. */
    private static final int FEW_CHARACTERS = 3;

    private static final int FEW_DIGITS = 4;

    /**
     * Begins the messages of {@link KeyedNumber}, and no text in UTF-8. Bytes that begin with it begin with two, so that nobody who can have
     * bytes of their choice hashed is told the number of another value.
     */
    static final byte MARK = (byte) 0xff;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,30}(@[a-z0-9_]{1,16})?");
    /** 15 hexadecimal digits, 60 bits, make a number that is never negative. */
    private static final int NUMBER_HEX = 15;

    /** The digest under the domain that the parameter {@code domain} names. */
    static Digest parse(Parameters parameters, KeyRing keys) throws MaskParameterException {
        String domain = parameters.text(DOMAIN, KeyRing.DEFAULT_DOMAIN);
        if (!NAME.matcher(domain).matches()) {
            throw parameters.wrong(
                    DOMAIN,
                    "must be a lower-case letter and up to 30 of a-z, 0-9 and _, and after that @ and a key version or not");
        }
        return new Digest(keys.domain(domain));
    }

    /** Why a stand-in for each value tells the values, where a type has few of them. */
    static Optional<String> weakness(ColumnType type) {
        boolean few = Text.fits(type) && Text.limit(type) <= FEW_CHARACTERS
                || type.is("int2")
                || type.is("numeric") && Numbers.isBounded(type) && Numbers.precision(type) <= FEW_DIGITS;
        return few
                ? Optional.of(
                        "the column has room for few values, and how often each stand-in occurs may tell which it stands for")
                : Optional.empty();
    }

    /** The digest as an expression of type bytea, NULL where the column is. */
    String sql(String column, ColumnType type) {
        if (type.is("bytea")) {
            String bytes = column + "::pg_catalog.bytea";
            String mark = Sql.constant("bytea", "\\x" + HexFormat.of().toHexDigits(MARK));
            String first = Sql.call("substr", bytes, Sql.constant("int4", 1), Sql.constant("int4", 1));
            return key.hmacSql("CASE WHEN " + Sql.op(first, "=", mark) + " THEN " + Sql.op(mark, "||", bytes) + " ELSE "
                    + bytes + " END");
        }
        return key.hmacSql(bytesSql(column, type));
    }

    /** The digest, 32 bytes. */
    byte[] of(Object value, ColumnType type) {
        return key.hmac(
                value instanceof byte[] bytes
                        ? marked(bytes)
                        : text(value, type).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] marked(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == MARK
                ? ByteBuffer.allocate(bytes.length + 1).put(MARK).put(bytes).array()
                : bytes;
    }

    /** The first hexadecimal digits of an expression of type bytea, as one of type text; of 64 or more, as many as there are. */
    static String hexSql(String bytes, int digits) {
        if (digits >= 2 * BYTES) {
            return hexSql(bytes);
        }
        String whole =
                hexSql(Sql.call("substr", bytes, Sql.constant("int4", 1), Sql.constant("int4", (digits + 1) / 2)));
        return digits % 2 == 0 ? whole : Sql.call("left", whole, Sql.constant("int4", digits));
    }

    /** The hexadecimal digits of an expression of type bytea. */
    static String hexSql(String bytes) {
        return Sql.call("encode", bytes, Sql.untyped("hex"));
    }

    /** The digest's 64 hexadecimal digits. */
    String hex(Object value, ColumnType type) {
        return HexFormat.of().formatHex(of(value, type));
    }

    /** The bytes of a value's text in UTF-8 as an expression of type bytea. */
    static String bytesSql(String column, ColumnType type) {
        String text = Text.fits(type) ? column : textSql(column, type);
        return Sql.call("convert_to", text, Sql.untyped("UTF8"));
    }

    /** A value's text as an expression of type text. */
    static String textSql(String column, ColumnType type) {
        if (type.is("numeric")) {
            return Sql.call("trim_scale", column + "::pg_catalog.numeric") + "::pg_catalog.text";
        }
        return Text.sql(column);
    }

    /** A value's text. */
    static String text(Object value, ColumnType type) {
        if (Text.fits(type)) {
            return Text.read(value, type);
        }
        return value instanceof BigDecimal decimal
                ? decimal.stripTrailingZeros().toPlainString()
                : value.toString();
    }

    /** The first 60 bits of a digest as an expression of type int8, never negative. The cast cuts off what is more. */
    static String numberSql(String digest) {
        String taken = hexSql(digest, NUMBER_HEX + 1);
        return Sql.op(Sql.untyped("x"), "||", taken) + "::bit(" + 4 * NUMBER_HEX + ")::pg_catalog.int8";
    }

    /** The first 60 bits of the hexadecimal digits. */
    static long number(String hex) {
        return Long.parseLong(hex.substring(0, NUMBER_HEX), 16);
    }

    /** A random-looking (version 4) uuid of a digest's first bytes. */
    static String uuidSql(String digest) {
        return hexSql(marked(marked(digest, 6, 0x40), 8, 0x80), 32) + "::pg_catalog.uuid";
    }

    /** The upper half of a byte replaced, bit by bit, which PostgreSQL does sooner than it replaces a character in a text. */
    private static String marked(String bytes, int index, int mark) {
        String marked = bytes;
        for (int bit = 4; bit < Byte.SIZE; bit++) {
            marked = Sql.call(
                    "set_bit",
                    marked,
                    Sql.constant("int4", Byte.SIZE * index + bit),
                    Sql.constant("int4", mark >> bit & 1));
        }
        return marked;
    }

    /** A random-looking (version 4) uuid. */
    static UUID uuid(String hex) {
        String high = hex.substring(0, 12) + "4" + hex.substring(13, 16);
        String low = "8" + hex.substring(17, 32);
        return new UUID(Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16));
    }
}
