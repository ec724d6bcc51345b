package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code hash}: a keyed pseudonym, from HMAC-SHA-256 under the domain's key. Equal values of one domain give equal pseudonyms, so
 * that joins and counts keep working; without the key nobody can compute one. A string becomes hexadecimal digits, a number
 * some of the digest's low decimal digits, a uuid a random-looking (version 4) one, {@code bytea} the digest. Immutable.
 *
 * @param digest the digest under the domain's key
 * @param length the most hexadecimal digits, decimal digits or bytes of a pseudonym
 */
record HashMask(Digest digest, int length) implements ValueMask {
    static final List<String> PARAMETERS = List.of(Digest.DOMAIN, "length");

    private static final Set<String> OTHER_TYPES = Set.of("uuid", "bytea");
    private static final int MOST_DIGITS = 18;

    static HashMask parse(Parameters parameters, KeyRing keys) throws MaskParameterException {
        int length = parameters.integer("length", 2 * Digest.BYTES, 1, 2 * Digest.BYTES);
        return new HashMask(Digest.parse(parameters, keys), length);
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
        int room = Numbers.isInteger(type)
                ? Long.toString(Numbers.largest(type)).length() - 1
                : Math.min(Numbers.wholeDigits(type), MOST_DIGITS);
        return Math.min(room, length);
    }

    @Override
    public Optional<String> weakness(ColumnType type) {
        return Digest.weakness(type);
    }

    @Override
    public String sql(String column, ColumnType type) {
        String bytes = digest.sql(column, type);
        if (type.is("bytea")) {
            return Sql.call("substr", bytes, Sql.constant("int4", 1), Sql.constant("int4", length));
        }
        if (Text.fits(type)) {
            return Sql.cast(Digest.hexSql(bytes, Math.min(length, Text.limit(type))), "text", type);
        }
        return type.is("uuid") ? Digest.uuidSql(bytes) : Sql.cast(numberSql(bytes, digits(type)), "int8", type);
    }

    private static String numberSql(String bytes, int digits) {
        return Sql.op(Digest.numberSql(bytes), "%", Sql.constant("int8", power(digits)));
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        if (value == null) {
            return null;
        }
        if (type.is("bytea")) {
            return Arrays.copyOf(digest.of(value, type), Math.min(length, Digest.BYTES));
        }
        String hex = digest.hex(value, type);
        if (Text.fits(type)) {
            return Text.write(Text.first(hex, length), type);
        }
        return type.is("uuid") ? Digest.uuid(hex) : number(hex, type);
    }

    private Object number(String hex, ColumnType type) {
        long number = Digest.number(hex) % power(digits(type));
        return type.is("numeric") ? Numbers.shown(BigDecimal.valueOf(number), type) : Numbers.box(number, type);
    }

    private static long power(int digits) {
        return BigDecimal.TEN.pow(digits).longValueExact();
    }
}
