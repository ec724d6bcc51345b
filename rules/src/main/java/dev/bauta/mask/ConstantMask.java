package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code constant}: one and the same value for all. It fits the types that can hold the value as it is: a string as long as the
 * column allows, a number in range and with no more decimals. Immutable.
 *
 * @param constant what the rule file gives, as Jackson reads it
 * @param maskNull whether NULL becomes the constant too
 */
record ConstantMask(Object constant, boolean maskNull) implements ValueMask {
    static final List<String> PARAMETERS = List.of("value", "maskNull");

    static ConstantMask parse(Parameters parameters) throws MaskParameterException {
        Object value = parameters.raw("value");
        if (value == null) {
            throw parameters.wrong("value", "must be given; for NULL take the mask 'null'");
        }
        return new ConstantMask(value, parameters.flag("maskNull"));
    }

    @Override
    public String name() {
        return "constant";
    }

    @Override
    public boolean fits(ColumnType type) {
        return Constant.of(constant, type).isPresent();
    }

    @Override
    public String sql(String column, ColumnType type) {
        return maskNull ? of(type).sql(type) : of(type).sqlUnlessNull(column, type);
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        return value == null && !maskNull ? null : of(type).value();
    }

    private Constant of(ColumnType type) {
        return Constant.of(constant, type)
                .orElseThrow(() -> new IllegalArgumentException("the constant does not fit " + type.name()));
    }
}
