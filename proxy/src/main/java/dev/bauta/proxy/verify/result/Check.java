package dev.bauta.proxy.verify.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that was checked. Immutable; holds names and counts, and no value of the database.
 *
 * @param area what kind of promise it is about
 * @param subject the table, column or technique
 * @param name what was checked, in a few words
 * @param rule where the rule stands that it is about, empty for none
 * @param status what it came to
 * @param message one sentence
 * @param evidence what was counted, in the order in which to show it
 */
public record Check(
        Area area,
        String subject,
        String name,
        String rule,
        Status status,
        String message,
        Map<String, Long> evidence) {
    public Check {
        evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    }

    /** A check without evidence and rule. */
    public static Check of(Area area, String subject, String name, Status status, String message) {
        return new Check(area, subject, name, "", status, message, Map.of());
    }

    /** The same with the place of a rule. */
    public Check withRule(String place) {
        return new Check(area, subject, name, place, status, message, evidence);
    }

    /** The same with one more count. */
    public Check withCount(String what, long count) {
        Map<String, Long> more = new LinkedHashMap<>(evidence);
        more.put(what, count);
        return new Check(area, subject, name, rule, status, message, more);
    }
}
