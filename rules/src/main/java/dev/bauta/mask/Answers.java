package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The answers among which {@code randomize} draws, numbered from 0, and how likely each is for a value. The server has to know no more of it than
 * {@link #bounds}: which of them a random number has reached says by how much the answer is moved. Immutable.
 */
sealed interface Answers {
    /** Random numbers are below 2 to the power of this. */
    int RANDOM_BITS = 60;

    /** How many there are, at least 2. */
    int size();

    /** What they are, in a text that no others have. */
    String text();

    /** True for a type that holds all of them. */
    boolean fits(ColumnType type);

    /** The number of the answer that is true of a column that is not NULL, an expression of type int4. */
    String trueSql(String column, ColumnType type);

    /** The same in Java. */
    int trueOf(Object value, ColumnType type);

    /** The least random numbers that move the answer by one more, ascending. */
    long[] bounds(double epsilon);

    /**
     * The number of the answer that is given, an expression of type int4.
     *
     * @param answer the true one's number, of type int4
     * @param reached how many {@link #bounds} the random number has reached, of type int4
     */
    String givenSql(String answer, String reached);

    /** The same in Java. */
    int given(int answer, int reached);

    /** How likely the true answer is given, at most, by what is true; from 0 to 1. */
    double likelihood(double epsilon);

    /** The answer of that number. */
    Constant of(int answer, ColumnType type);

    /** All answers as an array, of which the type is an array of the column's type without typmod. */
    default String arraySql(ColumnType type) {
        String name = type.name().name();
        return IntStream.range(0, size())
                .mapToObj(answer -> Sql.untyped(of(answer, type).literal()))
                .collect(Collectors.joining(", ", "ARRAY[", "]::pg_catalog." + name + "[]"));
    }

    private static String count(int count) {
        return Sql.constant("int4", count);
    }

    private static long bound(double likelihood) {
        return Math.round(Math.scalb(likelihood, RANDOM_BITS));
    }

    /**
     * Some values, of which no two are equal, by randomized response (S. L. Warner 1965; of several values P. Kairouz, S. Oh and P. Viswanath
     * 2016): the true one is e<sup>ε</sup> times as likely as each of the others, which are all alike. A value that is none of them counts as the last.
     *
     * @param values what the rule file gives
     */
    record Categories(List<Object> values) implements Answers {
        public Categories {
            values = List.copyOf(values);
        }

        @Override
        public int size() {
            return values.size();
        }

        /** No value that fits has a NUL in it. */
        @Override
        public String text() {
            return values.stream().map(Object::toString).collect(Collectors.joining("\0"));
        }

        @Override
        public boolean fits(ColumnType type) {
            boolean exact = Text.fits(type) || Numbers.isInteger(type) || type.is("bool");
            return exact
                    && values.stream()
                            .allMatch(value -> Constant.of(value, type).isPresent());
        }

        @Override
        public Constant of(int answer, ColumnType type) {
            return Constant.of(values.get(answer), type).orElseThrow();
        }

        /** Strings are compared byte by byte, whatever the collation. */
        @Override
        public String trueSql(String column, ColumnType type) {
            String name = type.name().name();
            boolean text = Text.fits(type);
            String array = text ? arraySql(PartTypes.TEXT) : arraySql(type);
            String value = text ? Sql.bytewise(Text.sql(column)) : column + "::pg_catalog." + name;
            String position = "COALESCE(" + Sql.call("array_position", array, value) + ", " + count(size()) + ")";
            return Sql.op(position, "-", count(1));
        }

        @Override
        public int trueOf(Object value, ColumnType type) {
            Object read = Text.fits(type) ? Text.read(value, type) : value;
            ColumnType compared = Text.fits(type) ? PartTypes.TEXT : type;
            return IntStream.range(0, size())
                    .filter(answer -> of(answer, compared).value().equals(read))
                    .findFirst()
                    .orElse(size() - 1);
        }

        private double other(double epsilon) {
            return 1 / (Math.exp(epsilon) + size() - 1);
        }

        @Override
        public double likelihood(double epsilon) {
            return Math.exp(epsilon) * other(epsilon);
        }

        @Override
        public long[] bounds(double epsilon) {
            return IntStream.range(1, size())
                    .mapToLong(others -> bound(others * other(epsilon)))
                    .toArray();
        }

        /** A random number that has reached no bound goes to the next answer, one that has reached all stays. */
        @Override
        public String givenSql(String answer, String reached) {
            return Sql.op(Sql.op(Sql.op(answer, "+", reached), "+", count(1)), "%", count(size()));
        }

        @Override
        public int given(int answer, int reached) {
            return (answer + reached + 1) % size();
        }
    }

    /**
     * Numbers at equal distances, by the truncated geometric mechanism (A. Ghosh, T. Roughgarden and M. Sundararajan 2009): an answer is the less
     * likely the farther it is from the true one, by the same factor for each step, so that it is at most e<sup>ε</sup> times as likely for one value
     * as for any other. A value between two of them counts as the nearest, the larger one at the same distance; beyond the ends, as the end; NaN as
     * the last.
     *
     * @param first the least
     * @param step the distance, above 0
     * @param steps how many steps there are from the least to the greatest
     */
    record Grid(BigDecimal first, BigDecimal step, int steps) implements Answers {
        @Override
        public int size() {
            return steps + 1;
        }

        @Override
        public String text() {
            return toString();
        }

        @Override
        public boolean fits(ColumnType type) {
            boolean number = Numbers.isInteger(type) || type.is("numeric") || isFloat(type);
            return number
                    && IntStream.range(0, size())
                            .allMatch(answer -> constant(answer, type).isPresent());
        }

        private static boolean isFloat(ColumnType type) {
            return type.is("float4") || type.is("float8");
        }

        private BigDecimal number(int answer) {
            return first.add(step.multiply(BigDecimal.valueOf(answer)));
        }

        private Optional<Constant> constant(int answer, ColumnType type) {
            return Constant.of(number(answer), type);
        }

        @Override
        public Constant of(int answer, ColumnType type) {
            return constant(answer, type).orElseThrow();
        }

        /** From here on a number counts as the answer after. */
        private BigDecimal middle(int answer) {
            return number(answer).add(step.divide(BigDecimal.valueOf(2)));
        }

        @Override
        public String trueSql(String column, ColumnType type) {
            String wide = isFloat(type) ? "float8" : "numeric";
            String middles = IntStream.range(0, steps)
                    .mapToObj(answer -> Sql.untyped(
                            isFloat(type)
                                    ? Double.toString(middle(answer).doubleValue())
                                    : middle(answer).toPlainString()))
                    .collect(Collectors.joining(", ", "ARRAY[", "]::pg_catalog." + wide + "[]"));
            return Sql.call("width_bucket", column + "::pg_catalog." + wide, middles);
        }

        /** To PostgreSQL NaN is greater than all other numbers. */
        @Override
        public int trueOf(Object value, ColumnType type) {
            if (value instanceof Double || value instanceof Float) {
                double number = ((Number) value).doubleValue();
                return countMiddles(middle -> Double.isNaN(number) || number >= middle.doubleValue());
            }
            BigDecimal number = new BigDecimal(value.toString());
            return countMiddles(middle -> number.compareTo(middle) >= 0);
        }

        private int countMiddles(Predicate<BigDecimal> reached) {
            return Math.toIntExact(IntStream.range(0, steps)
                    .mapToObj(this::middle)
                    .filter(reached)
                    .count());
        }

        /** By how much an answer one step farther is less likely. */
        private double decay(double epsilon) {
            return Math.exp(-epsilon / steps);
        }

        /** Of an answer at an end, beyond which all counts as the end. */
        @Override
        public double likelihood(double epsilon) {
            return 1 / (1 + decay(epsilon));
        }

        @Override
        public long[] bounds(double epsilon) {
            double decay = decay(epsilon);
            return IntStream.range(-steps, steps)
                    .mapToLong(moved -> bound(
                            moved < 0
                                    ? Math.pow(decay, -moved) / (1 + decay)
                                    : 1 - Math.pow(decay, moved + 1.0) / (1 + decay)))
                    .toArray();
        }

        @Override
        public String givenSql(String answer, String reached) {
            String moved = Sql.op(Sql.op(answer, "+", reached), "-", count(steps));
            return "LEAST(GREATEST(" + moved + ", " + count(0) + "), " + count(steps) + ")";
        }

        @Override
        public int given(int answer, int reached) {
            return Math.max(0, Math.min(answer + reached - steps, steps));
        }
    }
}
