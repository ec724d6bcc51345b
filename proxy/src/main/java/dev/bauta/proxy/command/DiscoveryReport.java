package dev.bauta.proxy.command;

import dev.bauta.proxy.discovery.Discovery;
import dev.bauta.proxy.discovery.Evidence;
import dev.bauta.proxy.discovery.Finding;
import dev.bauta.proxy.draft.DraftRule;
import dev.bauta.proxy.draft.RuleDraft;
import dev.bauta.text.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What {@code bauta discover} says and writes. Immutable.
 *
 * @param result what was found
 */
record DiscoveryReport(Discovery.Result result) {
    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%d tables, %d columns: %d seem to hold personal data"
                .formatted(result.tables(), result.columns(), result.findings().size()));
        for (Finding finding : result.findings()) {
            lines.add("");
            lines.add(Shown.oneLine(pattern(finding) + "  " + type(finding)));
            lines.add("  " + score(finding.confidence()) + "  " + finding.kind().tag() + "  mask "
                    + finding.mask().yaml());
            lines.add("        " + reasons(finding));
        }
        if (!result.unread().isEmpty()) {
            lines.add("");
            result.unread()
                    .forEach(unread ->
                            lines.add(Shown.oneLine("not sampled: " + unread.relation() + ": " + unread.reason())));
        }
        lines.add("");
        return lines;
    }

    /** For programs. */
    String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("tables", result.tables());
        document.put("columns", result.columns());
        document.put(
                "findings",
                result.findings().stream().map(DiscoveryReport::json).toList());
        document.put(
                "unsampled",
                result.unread().stream()
                        .map(unread ->
                                new TreeMap<>(Map.of("table", unread.relation().toString(), "reason", unread.reason())))
                        .toList());
        return Json.of(document);
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> mask = new LinkedHashMap<>();
        mask.put("type", finding.mask().name());
        mask.putAll(finding.mask().parameters());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", finding.relation().schema());
        json.put("table", finding.relation().name());
        json.put("column", finding.column());
        json.put("type", type(finding));
        json.put("tag", finding.kind().tag());
        json.put("confidence", Double.valueOf(score(finding.confidence())));
        json.put(
                "evidence",
                finding.evidence().stream().map(DiscoveryReport::json).toList());
        json.put("mask", mask);
        return json;
    }

    private static Map<String, Object> json(Evidence evidence) {
        return new TreeMap<>(
                Map.of("source", evidence.source().name().toLowerCase(Locale.ROOT), "text", evidence.text()));
    }

    /** The rules that protect what was found. */
    RuleDraft draft() {
        List<DraftRule> rules = result.findings().stream()
                .map(finding -> DraftRule.of(
                        List.of(score(finding.confidence()) + ": " + reasons(finding)),
                        pattern(finding),
                        Optional.of(finding.kind().tag()),
                        finding.mask()))
                .toList();
        return new RuleDraft(
                List.of(
                        "Drafted by bauta discover. Look through it: take out what is no personal data, and add what was missed.",
                        "Above each rule stands how likely it is, from 0 to 1, and why."),
                rules);
    }

    private static String pattern(Finding finding) {
        return DraftRule.pattern(finding.relation(), finding.column());
    }

    /** As people write it. */
    private static String type(Finding finding) {
        String sql = finding.type().sql();
        return sql.startsWith("pg_catalog.") ? sql.substring("pg_catalog.".length()) : sql;
    }

    private static String score(double confidence) {
        return String.format(Locale.ROOT, "%.2f", Math.min(confidence, 0.99));
    }

    private static String reasons(Finding finding) {
        return finding.evidence().stream().map(Evidence::text).collect(Collectors.joining("; "));
    }
}
