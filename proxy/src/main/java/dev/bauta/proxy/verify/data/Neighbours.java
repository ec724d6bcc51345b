package dev.bauta.proxy.verify.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values close to a value. A mask that leaves a value as it is and takes a neighbour to the same result has not shown which of
 * the two was there, as when {@code 1984-01-01} is truncated to its year. One that takes no neighbour there has shown the value.
 */
final class Neighbours {
    /** Eight groups of an IPv6 address, and a prefix length. */
    private static final int LONGEST_NETWORK = 43;

    private Neighbours() {}

    /** Neighbours of a value; nothing for values of a type of which none are known. */
    static Optional<List<Object>> of(Object value) {
        if (value instanceof String text) {
            return Optional.of(ofText(text));
        } else if (value instanceof Short number) {
            return Optional.of(List.of((short) (number + 1), (short) (number - 1)));
        } else if (value instanceof Integer number) {
            return Optional.of(List.of(number + 1, number - 1));
        } else if (value instanceof Long number) {
            return Optional.of(List.of(number + 1, number - 1));
        } else if (value instanceof BigDecimal number) {
            return Optional.of(ofDecimal(number));
        } else if (value instanceof Float number) {
            return Optional.of(List.of(Math.nextUp(number), Math.nextDown(number)));
        } else if (value instanceof Double number) {
            return Optional.of(List.of(Math.nextUp(number), Math.nextDown(number)));
        }
        return ofTime(value);
    }

    private static Optional<List<Object>> ofTime(Object value) {
        if (value instanceof LocalDate date && date.isAfter(LocalDate.MIN) && date.isBefore(LocalDate.MAX)) {
            return Optional.of(List.of(date.plusDays(1), date.minusDays(1)));
        } else if (value instanceof LocalTime time) {
            return Optional.of(List.of(time.plus(1, ChronoUnit.MICROS), time.minus(1, ChronoUnit.MICROS)));
        } else if (value instanceof LocalDateTime time
                && time.isAfter(LocalDateTime.MIN)
                && time.isBefore(LocalDateTime.MAX)) {
            return Optional.of(List.of(time.plus(1, ChronoUnit.MICROS), time.minus(1, ChronoUnit.MICROS)));
        } else if (value instanceof OffsetDateTime time
                && time.isAfter(OffsetDateTime.MIN)
                && time.isBefore(OffsetDateTime.MAX)) {
            return Optional.of(List.of(time.plus(1, ChronoUnit.MICROS), time.minus(1, ChronoUnit.MICROS)));
        }
        return Optional.empty();
    }

    /** Other characters, more and fewer of them, at the start, in the middle and at the end. */
    private static List<Object> ofText(String text) {
        List<Object> neighbours = new ArrayList<>();
        int length = text.length();
        for (int at : new int[] {0, length / 2, length - 1}) {
            if (at >= 0 && at < length && !Character.isSurrogate(text.charAt(at))) {
                String other = text.charAt(at) == 'x' ? "y" : "x";
                neighbours.add(text.substring(0, at) + other + text.substring(at + 1));
                neighbours.add(text.substring(0, at) + text.substring(at + 1));
                neighbours.add(text.substring(0, at) + other + text.substring(at));
            }
        }
        neighbours.add(text + "x");
        neighbours.add(text + " xyz");
        if (length <= LONGEST_NETWORK) {
            neighbours.addAll(otherHosts(text));
        }
        return neighbours;
    }

    /** What may lie in the same network, if the text is one: its hosts' part is zeros, written or left out. */
    private static List<Object> otherHosts(String text) {
        List<Object> hosts = new ArrayList<>();
        for (int at = text.indexOf('0'); at >= 0; at = text.indexOf('0', at + 1)) {
            hosts.add(text.substring(0, at) + "1" + text.substring(at + 1));
        }
        hosts.add(text.replace("::/", "::1/"));
        return hosts;
    }

    private static List<Object> ofDecimal(BigDecimal number) {
        BigDecimal last = BigDecimal.ONE.movePointLeft(number.scale());
        return List.of(number.add(last), number.subtract(last), number.add(new BigDecimal("0.1").multiply(last)));
    }
}
