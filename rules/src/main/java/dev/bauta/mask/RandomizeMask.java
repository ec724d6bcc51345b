package dev.bauta.mask;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.text.Sha256;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code randomize}: an answer drawn at random, of which the true one is the likeliest, so that each value is released under ε-local differential
 * privacy (S. P. Kasiviswanathan and others 2011): whatever is shown, no value can have led to it more than e<sup>ε</sup> times as likely as any other.
 *
 * <p>What is drawn is a keyed digest of the row's subject, the true answer and the column. So each value is drawn once: asking again gives the
 * same answer, and nothing can be averaged away. Immutable.
 *
 * @param answers what can be drawn
 * @param epsilon ε, above 0
 * @param by the subject, of which each row has its own
 * @param number what is drawn
 */
record RandomizeMask(Answers answers, BigDecimal epsilon, Subject by, KeyedNumber number) implements SubjectMask {
    static final List<String> PARAMETERS =
            List.of("epsilon", Subject.BY, "values", "min", "max", "step", Digest.DOMAIN);

    private static final String NAME = "randomize";
    private static final int MOST_ANSWERS = 64;
    private static final BigDecimal LEAST_EPSILON = new BigDecimal("0.01");
    private static final BigDecimal MOST_EPSILON = BigDecimal.TEN;
    private static final BigDecimal LARGEST = BigDecimal.ONE.scaleByPowerOfTen(18);
    /** Decimals of numbers in the rule file. */
    private static final int MOST_DECIMALS = 18;
    /** Above this, what is shown is nearly always true. */
    private static final double LIKELY = 0.9;

    static Mask parse(Parameters parameters, KeyRing keys) throws MaskParameterException {
        Answers answers = parameters.has("values") ? categories(parameters) : grid(parameters);
        BigDecimal epsilon = parameters.has("epsilon") ? parameters.decimal("epsilon") : BigDecimal.ZERO;
        if (epsilon.compareTo(LEAST_EPSILON) < 0 || epsilon.compareTo(MOST_EPSILON) > 0) {
            throw parameters.wrong("epsilon", "must be given, from 0.01 to 10");
        }
        Subject by = Subject.parse(parameters, "value");
        return new RandomizeMask(answers, epsilon.stripTrailingZeros(), by, KeyedNumber.parse(NAME, parameters, keys));
    }

    private static Answers categories(Parameters parameters) throws MaskParameterException {
        for (String other : List.of("min", "max", "step")) {
            if (parameters.has(other)) {
                throw parameters.wrong(other, "cannot stand beside values");
            }
        }
        List<Object> values = new ArrayList<>();
        Set<String> known = new HashSet<>();
        if (parameters.raw("values") instanceof List<?> given) {
            for (Object value : given) {
                if (value instanceof String
                        || value instanceof Boolean
                        || Parameters.toDecimal(value).isPresent()) {
                    values.add(value);
                    known.add(Parameters.toDecimal(value)
                            .map(number -> number.stripTrailingZeros().toPlainString())
                            .orElseGet(value::toString));
                }
            }
            if (values.size() == given.size() && known.size() == given.size() && isFew(given.size())) {
                return new Answers.Categories(values);
            }
        }
        throw parameters.wrong(
                "values",
                "must be a list of 2 to " + MOST_ANSWERS + " strings, numbers, true or false, no two of them equal");
    }

    private static boolean isFew(int answers) {
        return answers >= 2 && answers <= MOST_ANSWERS;
    }

    private static Answers grid(Parameters parameters) throws MaskParameterException {
        for (String needed : List.of("min", "max", "step")) {
            if (!parameters.has(needed)) {
                throw new MaskParameterException(
                        null, "mask 'randomize' needs values, or for numbers min, max and step");
            }
        }
        BigDecimal min = bounded(parameters, "min");
        BigDecimal max = bounded(parameters, "max");
        BigDecimal step = bounded(parameters, "step");
        if (step.signum() <= 0) {
            throw parameters.wrong("step", "must be above 0");
        }
        BigDecimal range = max.subtract(min);
        if (range.signum() <= 0) {
            throw parameters.wrong("max", "must be above min");
        }
        if (range.remainder(step).signum() != 0
                || range.divideToIntegralValue(step).compareTo(BigDecimal.valueOf(MOST_ANSWERS)) >= 0) {
            throw parameters.wrong("step", "must go into max - min evenly, at most " + (MOST_ANSWERS - 1) + " times");
        }
        return new Answers.Grid(min, step, range.divideToIntegralValue(step).intValueExact());
    }

    private static BigDecimal bounded(Parameters parameters, String name) throws MaskParameterException {
        BigDecimal number = parameters.decimal(name);
        if (number.abs().compareTo(LARGEST) > 0 || number.stripTrailingZeros().scale() > MOST_DECIMALS) {
            throw parameters.wrong(name, "must be from -1e18 to 1e18, with at most 18 decimals");
        }
        return number.stripTrailingZeros();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Mask in(Row row) throws MaskParameterException {
        return new RandomizeMask(answers, epsilon, by.in(row, " of the row from which the value comes"), number);
    }

    /** Numbers that two columns, or two rules, draw have nothing in common. */
    @Override
    public Mask of(QualifiedName relation, String column) {
        String drawn =
                String.join("\0", relation.schema(), relation.name(), column, answers.text(), epsilon.toString());
        return new RandomizeMask(answers, epsilon, by, number.sized(shortDigest(drawn)));
    }

    private static String shortDigest(String text) {
        return Sha256.hex(text).substring(0, 32);
    }

    @Override
    public Set<Column> reads() {
        return by.reads();
    }

    /** Whoever can write values of their own beside a subject sees what is drawn for each, and so which of them leads to the answer seen before. */
    @Override
    public boolean tellsByExample() {
        return true;
    }

    @Override
    public Optional<String> weakness(ColumnType type) {
        double likelihood = answers.likelihood(epsilon.doubleValue());
        return likelihood > LIKELY
                ? Optional.of("at epsilon %s a value is shown as it is in up to %d %% of the rows"
                        .formatted(epsilon.toPlainString(), Math.round(100 * likelihood)))
                : Optional.empty();
    }

    @Override
    public boolean fits(ColumnType type) {
        return answers.fits(type);
    }

    @Override
    public Column subject() {
        return by.column();
    }

    /** For one subject, equal values have equal answers. */
    @Override
    public boolean isPerRow() {
        return true;
    }

    /** The subquery computes the true answer's number once. */
    @Override
    public String sql(String column, ColumnType type) {
        String bounds = Arrays.stream(answers.bounds(epsilon.doubleValue()))
                .mapToObj(Long::toString)
                .collect(Collectors.joining(",", "'{", "}'::pg_catalog.int8[]"));
        ColumnType shown = Text.fits(type) ? PartTypes.TEXT : type;
        String answered = Sql.once(answers.trueSql(column, type), truth -> {
            String drawn = number.sql(Row.reference(subject()), subject().type(), truth);
            String given = answers.givenSql(truth, Sql.call("width_bucket", drawn, bounds));
            return "(" + answers.arraySql(shown) + ")[" + Sql.op(given, "+", Sql.constant("int4", 1)) + "]";
        });
        return Sql.cast(Sql.unlessNull(column, answered), shown.name().name(), type);
    }

    @Override
    public @Nullable Object value(@Nullable Object value, @Nullable Object subject, ColumnType type) {
        ColumnType subjects = subject().type();
        if (value == null || subject == null) {
            return null;
        }
        int answer = answers.trueOf(value, type);
        long drawn = number.of(subject, subjects, answer);
        int reached = Math.toIntExact(Arrays.stream(answers.bounds(epsilon.doubleValue()))
                .filter(bound -> bound <= drawn)
                .count());
        return answers.of(answers.given(answer, reached), type).value();
    }
}
