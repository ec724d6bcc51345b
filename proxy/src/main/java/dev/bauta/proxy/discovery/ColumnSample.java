package dev.bauta.proxy.discovery;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;

/** What the sampled values of one column look like, in counts; no value is kept. Not thread-safe. */
final class ColumnSample {
    /** Longer values are looked at up to here. */
    static final int LONGEST = 1000;

    private static final int OLDEST_YEAR = 1900;
    private static final int GROWN_UP_YEARS = 12;

    private final LocalDate today;
    private final Map<DataKind, Integer> kinds = new EnumMap<>(DataKind.class);
    private final Map<ValueKinds.Shape, Integer> shapes = new EnumMap<>(ValueKinds.Shape.class);
    private int values;
    private int births;
    private int earliest = Integer.MAX_VALUE;
    private int latest = Integer.MIN_VALUE;

    /** @param today to tell dates of birth from those to come */
    ColumnSample(LocalDate today) {
        this.today = today;
    }

    /** Looks at a value that is not NULL. */
    void add(String value, TypeFamily family) {
        String text = value.strip();
        if (text.isEmpty()) {
            return;
        }
        values++;
        if (family == TypeFamily.DATE) {
            addDate(text);
        } else if (family == TypeFamily.DOCUMENT) {
            DocumentKinds.of(text).forEach(this::count);
        } else {
            addText(text);
        }
    }

    private void addText(String text) {
        var kind = ValueKinds.kind(text);
        if (kind.isPresent()) {
            count(kind.get());
        } else {
            ValueKinds.shape(text).ifPresent(shape -> shapes.merge(shape, 1, Integer::sum));
        }
    }

    private void count(DataKind kind) {
        kinds.merge(kind, 1, Integer::sum);
    }

    private void addDate(String text) {
        try {
            LocalDate date = LocalDate.parse(text.substring(0, Math.min(10, text.length())));
            boolean plausible = date.getYear() >= OLDEST_YEAR && date.isBefore(today.minusYears(GROWN_UP_YEARS));
            births += plausible ? 1 : 0;
            earliest = Math.min(earliest, date.getYear());
            latest = Math.max(latest, date.getYear());
        } catch (DateTimeException e) {
            // Infinite, before Christ, or far off: nobody's date of birth.
        }
    }

    /** How many values were looked at. */
    int values() {
        return values;
    }

    /** How many of them are of a kind. */
    int of(DataKind kind) {
        return kinds.getOrDefault(kind, 0);
    }

    /** How many of them have a shape. */
    int of(ValueKinds.Shape shape) {
        return shapes.getOrDefault(shape, 0);
    }

    /** How many of them could be dates of birth. */
    int births() {
        return births;
    }

    /** How many years lie between the earliest date and the latest, 0 where there are none. */
    int years() {
        return latest < earliest ? 0 : latest - earliest;
    }

    /** Counts alone. */
    @Override
    public String toString() {
        return "ColumnSample[" + values + " values, " + kinds + "]";
    }
}
