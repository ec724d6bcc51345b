package dev.bauta.proxy.verify.result;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a verification found. Immutable.
 *
 * @param environment what was verified and how
 * @param started when it began
 * @param took how long it took
 * @param checks in the order in which they were made
 */
public record Verification(Environment environment, Instant started, Duration took, List<Check> checks) {
    public Verification {
        checks = List.copyOf(checks);
    }

    /** True when no check failed. */
    public boolean passed() {
        return count(Status.FAILED) == 0;
    }

    /** How many checks came to this. */
    public long count(Status status) {
        return checks.stream().filter(check -> check.status() == status).count();
    }

    /** How many checks of an area came to this. */
    public long count(Area area, Status status) {
        return checks.stream()
                .filter(check -> check.area() == area && check.status() == status)
                .count();
    }

    /** The checks that came to this. */
    public List<Check> withStatus(Status status) {
        return checks.stream().filter(check -> check.status() == status).toList();
    }

    /** The checks by the rule that they are about, in the order of their first check; those about none are left out. */
    public Map<String, List<Check>> byRule() {
        Map<String, List<Check>> byRule = new LinkedHashMap<>();
        checks.stream().filter(check -> !check.rule().isEmpty()).forEach(check -> byRule.computeIfAbsent(
                        check.rule(), rule -> new ArrayList<>())
                .add(check));
        return byRule;
    }
}
