package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code range}: a number becomes the lower bound of the range that it lies in, of ranges that the rule lists; a string that holds a
 * number becomes the range's name, such as {@code 30-49}. Immutable.
 *
 * @param bounds where ranges start, ascending
 */
record RangeMask(List<BigDecimal> bounds) implements ValueMask {
    static final List<String> PARAMETERS = List.of("bounds");

    private static final String HIDDEN = "***";
    private static final int MOST_BOUNDS = 100;
    private static final BigDecimal LARGEST = BigDecimal.ONE.scaleByPowerOfTen(15);
    private static final String NUMBER = "^ *[-+]?[0-9]{1,15}([.][0-9]{1,15})? *$";
    private static final Pattern NUMBER_PATTERN = Pattern.compile(NUMBER.replace("$", "\\z"));

    RangeMask {
        bounds = List.copyOf(bounds);
    }

    static RangeMask parse(Parameters parameters) throws MaskParameterException {
        List<BigDecimal> bounds = new ArrayList<>();
        if (!(parameters.raw("bounds") instanceof List<?> given) || given.isEmpty() || given.size() > MOST_BOUNDS) {
            throw parameters.wrong("bounds", "must be a list of up to 100 numbers, such as [0, 18, 30, 50, 65]");
        }
        for (Object item : given) {
            BigDecimal bound = Parameters.toDecimal(item).orElse(LARGEST);
            boolean ascending =
                    bounds.isEmpty() || bounds.get(bounds.size() - 1).compareTo(bound) < 0;
            if (bound.abs().compareTo(LARGEST) >= 0 || bound.scale() > 15 || !ascending) {
                throw parameters.wrong("bounds", "must be ascending numbers between -1e15 and 1e15");
            }
            bounds.add(bound);
        }
        return new RangeMask(bounds);
    }

    @Override
    public String name() {
        return "range";
    }

    @Override
    public boolean fits(ColumnType type) {
        return Text.fits(type)
                || (Numbers.isInteger(type) || type.is("numeric") || type.is("float4") || type.is("float8"))
                        && bounds.stream()
                                .allMatch(bound -> Constant.of(bound, type).isPresent());
    }

    @Override
    public String sql(String column, ColumnType type) {
        if (Text.fits(type)) {
            String text = Text.sql(column);
            String isNumber = Sql.op(Sql.bytewise(text), "~", Sql.text(NUMBER));
            String cases = "CASE WHEN " + isNumber + " THEN " + labels(text + "::pg_catalog.numeric") + " WHEN "
                    + column + " IS NOT NULL THEN " + Sql.text(HIDDEN) + " END";
            return Sql.cast(cases, "text", type);
        }
        String typname = type.name().name();
        String number = column + "::pg_catalog." + typname;
        StringBuilder cases = new StringBuilder("CASE");
        for (int i = bounds.size() - 1; i > 0; i--) {
            cases.append(" WHEN ")
                    .append(Sql.op(
                            number, ">=", Sql.constant(typname, bounds.get(i).toPlainString())))
                    .append(" THEN ")
                    .append(constant(bounds.get(i), type).sql(type));
        }
        cases.append(" WHEN ")
                .append(column)
                .append(" IS NOT NULL THEN ")
                .append(constant(bounds.get(0), type).sql(type));
        return Sql.cast(cases.append(" END").toString(), typname, type);
    }

    private String labels(String number) {
        StringBuilder cases = new StringBuilder("CASE");
        for (int i = bounds.size() - 1; i >= 0; i--) {
            cases.append(" WHEN ")
                    .append(Sql.op(
                            number, ">=", Sql.constant("numeric", bounds.get(i).toPlainString())))
                    .append(" THEN ")
                    .append(Sql.text(label(i)));
        }
        return cases + " ELSE " + Sql.text(label(-1)) + " END";
    }

    /** {@code 30-49} for whole bounds, {@code 1.5-2.5} for others, {@code 65+} for the last, {@code <0} before the first. */
    private String label(int range) {
        if (range < 0) {
            return "<" + bounds.get(0).toPlainString();
        }
        String low = bounds.get(range).toPlainString();
        if (range == bounds.size() - 1) {
            return low + "+";
        }
        BigDecimal next = bounds.get(range + 1);
        boolean whole =
                bounds.stream().allMatch(bound -> bound.stripTrailingZeros().scale() <= 0);
        BigDecimal last = whole ? next.subtract(BigDecimal.ONE) : next;
        return last.compareTo(bounds.get(range)) == 0 ? low : low + "-" + last.toPlainString();
    }

    private static Constant constant(BigDecimal bound, ColumnType type) {
        return Constant.of(bound, type).orElseThrow();
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        if (value == null) {
            return null;
        }
        if (Text.fits(type)) {
            String text = Text.read(value, type);
            boolean number = NUMBER_PATTERN.matcher(text).find();
            return Text.write(number ? label(range(new BigDecimal(text.replace(" ", "")))) : HIDDEN, type);
        }
        int range = value instanceof Double || value instanceof Float
                ? floatRange(((Number) value).doubleValue(), type)
                : range(new BigDecimal(value.toString()));
        return constant(bounds.get(Math.max(0, range)), type).value();
    }

    /** The range of a number, -1 before the first. */
    private int range(BigDecimal number) {
        int range = bounds.size() - 1;
        while (range >= 0 && number.compareTo(bounds.get(range)) < 0) {
            range--;
        }
        return range;
    }

    /** NaN is above all numbers, as PostgreSQL has it. */
    private int floatRange(double number, ColumnType type) {
        int range = bounds.size() - 1;
        while (range >= 0 && number < bound(range, type)) {
            range--;
        }
        return range;
    }

    private double bound(int range, ColumnType type) {
        return type.is("float4")
                ? bounds.get(range).floatValue()
                : bounds.get(range).doubleValue();
    }
}
