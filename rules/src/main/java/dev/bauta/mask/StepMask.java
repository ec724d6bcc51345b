package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code round}, {@code truncate} and {@code geo}: a number becomes a multiple of a step, a date or time the start of a unit. A step that is
 * no coarser than the type itself does not fit, as it would hide nothing. Immutable.
 *
 * @param name which of them
 * @param steps one for each family of types that the parameters are good for
 */
record StepMask(String name, List<Step> steps) implements ValueMask {
    static final List<String> PARAMETERS = List.of("step", "digits", "unit");

    /** Within these bounds no arithmetic overflows, whatever the number type. */
    private static final int MOST_DIGITS = 18;

    static final List<String> GRID_PARAMETERS = List.of("step");
    private static final BigDecimal FINEST_GRID = BigDecimal.ONE.scaleByPowerOfTen(-6);
    private static final BigDecimal COARSEST_GRID = BigDecimal.ONE.scaleByPowerOfTen(6);

    private static final BigDecimal LARGEST = BigDecimal.ONE.scaleByPowerOfTen(MOST_DIGITS);
    private static final BigDecimal SMALLEST = BigDecimal.ONE.scaleByPowerOfTen(-MOST_DIGITS);

    StepMask {
        steps = List.copyOf(steps);
    }

    static StepMask parse(String name, Rounding rounding, Parameters parameters) throws MaskParameterException {
        List<Step> steps = new ArrayList<>();
        Optional<BigDecimal> step = step(parameters);
        if (step.isPresent()) {
            steps.add(new IntegerStep(rounding, step.get()));
            steps.add(new NumericStep(rounding, step.get()));
            steps.add(new FloatStep(rounding, step.get()));
        }
        if (parameters.has("unit")) {
            CalendarUnit unit = unit(parameters);
            steps.add(new CalendarStep(rounding, unit));
            steps.add(new TimeStep(rounding, unit));
        }
        if (steps.isEmpty()) {
            throw new MaskParameterException(null, "mask '%s' needs step or digits, or unit, or both".formatted(name));
        }
        return new StepMask(name, steps);
    }

    /** {@code geo}: coordinates to the nearest points of a grid. */
    static StepMask parseGrid(Parameters parameters) throws MaskParameterException {
        BigDecimal step = parameters.has("step") ? parameters.decimal("step") : BigDecimal.ZERO;
        if (step.compareTo(FINEST_GRID) < 0 || step.compareTo(COARSEST_GRID) > 0) {
            throw parameters.wrong(
                    "step", "must be given, in degrees or whatever the coordinates are in: from 1e-6 to 1e6");
        }
        FloatStep floating = new FloatStep(Rounding.NEAREST, step.stripTrailingZeros());
        NumericStep numeric = new NumericStep(Rounding.NEAREST, step.stripTrailingZeros());
        return new StepMask("geo", List.of(new PointStep(floating), floating, numeric));
    }

    private static Optional<BigDecimal> step(Parameters parameters) throws MaskParameterException {
        if (parameters.has("digits")) {
            if (parameters.has("step")) {
                throw parameters.wrong("digits", "cannot stand beside step");
            }
            int digits = parameters.integer("digits", 0, -MOST_DIGITS, MOST_DIGITS);
            return Optional.of(BigDecimal.ONE.scaleByPowerOfTen(-digits));
        }
        if (!parameters.has("step")) {
            return Optional.empty();
        }
        BigDecimal step = parameters.decimal("step");
        if (step.compareTo(SMALLEST) < 0 || step.compareTo(LARGEST) > 0) {
            throw parameters.wrong("step", "must be from 1e-18 to 1e18");
        }
        return Optional.of(step.stripTrailingZeros());
    }

    private static CalendarUnit unit(Parameters parameters) throws MaskParameterException {
        String unit = parameters.text("unit", "");
        for (CalendarUnit known : CalendarUnit.values()) {
            if (known.sqlName().equals(unit)) {
                return known;
            }
        }
        throw parameters.wrong("unit", "must be one of " + String.join(", ", CalendarUnit.names()));
    }

    @Override
    public boolean fits(ColumnType type) {
        return steps.stream().anyMatch(step -> step.fits(type));
    }

    @Override
    public String sql(String column, ColumnType type) {
        return step(type).sql(column, type);
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        return value == null ? null : step(type).value(value, type);
    }

    private Step step(ColumnType type) {
        return steps.stream()
                .filter(step -> step.fits(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("mask " + name + " does not fit " + type.name()));
    }
}
