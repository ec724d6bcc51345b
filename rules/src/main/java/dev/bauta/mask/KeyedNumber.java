package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Set;

/**
 * A number from 0 to 2<sup>60</sup> − 1 that a value has under a domain's key, for one purpose: from HMAC-SHA-256 of {@link Digest#MARK},
 * the purpose, and the value. So nothing that another mask of the domain shows of the value tells the
 * number. Immutable.
 *
 * @param key the domain's key
 * @param purpose what the number is for
 */
record KeyedNumber(DomainKey key, String purpose) {
    private static final Set<String> TYPES =
            Set.of("int2", "int4", "int8", "numeric", "uuid", "float4", "float8", "date", "timestamp", "timestamptz");

    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);

    static KeyedNumber parse(String purpose, Parameters parameters, KeyRing keys) throws MaskParameterException {
        return new KeyedNumber(Digest.parse(parameters, keys).key(), purpose);
    }

    /** The number for a purpose that comes in several sizes, which has nothing in common with those of the others. */
    KeyedNumber sized(String size) {
        return new KeyedNumber(key, purpose + " " + size + " ");
    }

    /** True for the types whose values can have a number. */
    static boolean fits(ColumnType type) {
        return Text.fits(type)
                || type.name().schema().equals("pg_catalog")
                        && TYPES.contains(type.name().name());
    }

    /** The number as an expression of type int8, NULL where the column is. */
    String sql(String column, ColumnType type) {
        return ofBytesSql(bytesSql(column, type));
    }

    /** The number of the value together with an expression of type int4, NULL where one of them is. */
    String sql(String column, ColumnType type, String with) {
        return ofBytesSql(Sql.op(bytesSql(column, type), "||", Sql.call("int4send", with)));
    }

    private String ofBytesSql(String bytes) {
        String prefix = Sql.constant("bytea", "\\x" + HexFormat.of().formatHex(prefix()));
        return Digest.numberSql(key.hmacSql(Sql.op(prefix, "||", bytes)));
    }

    private byte[] prefix() {
        byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 1).put(Digest.MARK).put(name).array();
    }

    /** Text where it does not depend on the session's settings, else what the binary protocol sends. */
    private static String bytesSql(String column, ColumnType type) {
        return switch (type.name().name()) {
            // The sum makes 0 of -0, which is equal to it.
            case "float4", "float8" ->
                Sql.call("float8send", Sql.op(column + "::pg_catalog.float8", "+", Sql.constant("float8", 0)));
            case "date" -> Sql.call("date_send", column + "::pg_catalog.date");
            case "timestamp" -> Sql.call("timestamp_send", column + "::pg_catalog.timestamp");
            case "timestamptz" -> Sql.call("timestamptz_send", column + "::pg_catalog.timestamptz");
            default -> Digest.bytesSql(column, type);
        };
    }

    /** The number of a value. */
    long of(Object value, ColumnType type) {
        return ofBytes(bytes(value, type));
    }

    /** The number of a value together with another number. */
    long of(Object value, ColumnType type, int with) {
        byte[] bytes = bytes(value, type);
        return ofBytes(ByteBuffer.allocate(bytes.length + Integer.BYTES)
                .put(bytes)
                .putInt(with)
                .array());
    }

    private long ofBytes(byte[] bytes) {
        byte[] prefix = prefix();
        byte[] message = ByteBuffer.allocate(prefix.length + bytes.length)
                .put(prefix)
                .put(bytes)
                .array();
        return Digest.number(HexFormat.of().formatHex(key.hmac(message)));
    }

    /** PostgreSQL holds infinite dates and times as the ends of the integers. */
    private static byte[] bytes(Object value, ColumnType type) {
        if (value instanceof Float || value instanceof Double && !type.is("numeric")) {
            return longBytes(Double.doubleToLongBits(((Number) value).doubleValue() + 0.0));
        }
        if (value instanceof LocalDate date) {
            return ByteBuffer.allocate(4).putInt(days(date)).array();
        }
        if (!CalendarRange.isFinite(value)) {
            boolean past = value.equals(LocalDateTime.MIN) || value.equals(OffsetDateTime.MIN);
            return longBytes(past ? Long.MIN_VALUE : Long.MAX_VALUE);
        }
        if (value instanceof LocalDateTime timestamp) {
            return longBytes(ChronoUnit.MICROS.between(EPOCH.atStartOfDay(), timestamp));
        }
        if (value instanceof OffsetDateTime instant) {
            return longBytes(ChronoUnit.MICROS.between(EPOCH.atStartOfDay().atOffset(ZoneOffset.UTC), instant));
        }
        return Digest.text(value, type).getBytes(StandardCharsets.UTF_8);
    }

    private static int days(LocalDate date) {
        if (!CalendarRange.isFinite(date)) {
            return date.equals(LocalDate.MIN) ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        }
        return Math.toIntExact(ChronoUnit.DAYS.between(EPOCH, date));
    }

    private static byte[] longBytes(long bits) {
        return ByteBuffer.allocate(8).putLong(bits).array();
    }
}
