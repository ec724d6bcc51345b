package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code redact}: a constant that each type has of its own, for rules that cover columns of many types. Immutable. */
record RedactMask() implements ValueMask {
    /** What strings become. */
    static final String TEXT = "REDACTED";

    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("int2", 0),
            Map.entry("int4", 0),
            Map.entry("int8", 0),
            Map.entry("numeric", 0),
            Map.entry("float4", 0),
            Map.entry("float8", 0),
            Map.entry("bool", false),
            Map.entry("date", "1970-01-01"),
            Map.entry("time", "00:00:00"),
            Map.entry("timestamp", "1970-01-01T00:00:00"),
            Map.entry("timestamptz", "1970-01-01T00:00:00Z"),
            Map.entry("uuid", "00000000-0000-0000-0000-000000000000"),
            Map.entry("json", Map.of()),
            Map.entry("jsonb", Map.of()));

    @Override
    public String name() {
        return "redact";
    }

    @Override
    public boolean fits(ColumnType type) {
        return find(type).isPresent();
    }

    @Override
    public String sql(String column, ColumnType type) {
        return of(type).sqlUnlessNull(column, type);
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        return value == null ? null : of(type).value();
    }

    private static Optional<Constant> find(ColumnType type) {
        Object value = Text.fits(type)
                ? Text.first(TEXT, Text.limit(type))
                : VALUES.get(type.name().name());
        return value == null ? Optional.empty() : Constant.of(value, type);
    }

    private static Constant of(ColumnType type) {
        return find(type).orElseThrow(() -> new IllegalArgumentException("redact does not fit " + type.name()));
    }
}
