package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code noise}: a number, date or time and something drawn at random, within bounds. Drawn by the value, equal values of a domain are
 * changed alike; drawn for each query, every look gives another answer, and enough of them the value. Immutable.
 *
 * @param noise what is added
 */
record NoiseMask(Noise noise) implements Mask {
    static final List<String> PARAMETERS = List.of("most", "days", "per", Digest.DOMAIN);

    private static final String NAME = "noise";
    private static final BigDecimal LARGEST = BigDecimal.ONE.scaleByPowerOfTen(15);
    private static final BigDecimal SMALLEST = BigDecimal.ONE.scaleByPowerOfTen(-9);
    private static final int MOST_DAYS = 36_500;
    /** Of a random (version 4) uuid the first 12 hexadecimal digits are random. */
    private static final String DRAWN = Sql.op(
                    Sql.text("x"),
                    "||",
                    Sql.call(
                            "substr",
                            Sql.call(
                                    "replace",
                                    Sql.call("gen_random_uuid") + "::pg_catalog.text",
                                    Sql.text("-"),
                                    Sql.text("")),
                            Sql.constant("int4", 1),
                            Sql.constant("int4", 12)))
            + "::bit(48)::pg_catalog.int8";

    static Mask parse(Parameters parameters, KeyRing keys) throws MaskParameterException {
        if (!parameters.has("most") && !parameters.has("days")) {
            throw new MaskParameterException(
                    null, "mask 'noise' needs most, for numbers, or days, for dates and times, or both");
        }
        BigDecimal most = parameters.has("most") ? parameters.decimal("most") : BigDecimal.ZERO;
        if (parameters.has("most") && (most.compareTo(SMALLEST) < 0 || most.compareTo(LARGEST) > 0)) {
            throw parameters.wrong("most", "must be from 1e-9 to 1e15");
        }
        Noise noise = new Noise(most, parameters.integer("days", 0, 1, MOST_DAYS));
        String per = parameters.text("per", "value");
        if (per.equals("query")) {
            if (parameters.has(Digest.DOMAIN)) {
                throw parameters.wrong(Digest.DOMAIN, "cannot stand beside 'per: query', which takes no key");
            }
            return new NoiseMask(noise);
        }
        if (!per.equals("value")) {
            throw parameters.wrong("per", "must be value or query");
        }
        return new ByValue(noise, KeyedNumber.parse(NAME, parameters, keys));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean fits(ColumnType type) {
        return noise.fits(type);
    }

    @Override
    public Optional<String> weakness(ColumnType type) {
        return Optional.of(
                "it is drawn for each query, and whoever asks often enough finds the value in the middle of the answers");
    }

    /** The server's strong random numbers, as a client can set the seed of {@code random()}. */
    @Override
    public String sql(String column, ColumnType type) {
        return noise.sql(column, type, DRAWN);
    }

    /**
     * Noise drawn by the value. Immutable.
     *
     * @param noise what is added
     * @param number what is drawn
     */
    private record ByValue(Noise noise, KeyedNumber number) implements ValueMask {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public boolean fits(ColumnType type) {
            return noise.fits(type);
        }

        @Override
        public String sql(String column, ColumnType type) {
            return noise.sql(column, type, drawn(type).sql(column, type));
        }

        @Override
        public @Nullable Object value(@Nullable Object value, ColumnType type) {
            return value == null ? null : noise.value(value, type, drawn(type).of(value, type));
        }

        /** Noise of two sizes made of one number would tell it, and so the value, to whoever sees both. */
        private KeyedNumber drawn(ColumnType type) {
            return number.sized(noise.size(type));
        }
    }
}
