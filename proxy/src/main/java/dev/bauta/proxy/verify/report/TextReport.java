package dev.bauta.proxy.verify.report;

import dev.bauta.proxy.verify.result.Area;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Environment;
import dev.bauta.proxy.verify.result.Status;
import dev.bauta.proxy.verify.result.Verification;
import java.util.ArrayList;
import java.util.List;

/** For a terminal: a line on each area, what failed and what to look at, and the verdict. */
public final class TextReport {
    private TextReport() {}

    /** The report's lines. */
    public static List<String> lines(Verification verification) {
        Environment environment = verification.environment();
        List<String> lines = new ArrayList<>();
        lines.add("PostgreSQL %s at %s, database %s, as %s (role %s)"
                .formatted(
                        environment.serverVersion(),
                        environment.server(),
                        environment.database(),
                        environment.user(),
                        environment.role()));
        lines.add("rules %s, version %s; masks read %s; %s"
                .formatted(
                        environment.ruleFile(), environment.ruleVersion(), environment.access(), environment.rows()));
        lines.add("");
        lines.add("%-12s %8s %8s %8s %8s".formatted("", "passed", "warning", "failed", "skipped"));
        for (Area area : Area.values()) {
            lines.add("%-12s %8d %8d %8d %8d"
                    .formatted(
                            area.label(),
                            verification.count(area, Status.PASSED),
                            verification.count(area, Status.WARNING),
                            verification.count(area, Status.FAILED),
                            verification.count(area, Status.SKIPPED)));
        }
        for (Status status : List.of(Status.FAILED, Status.WARNING, Status.SKIPPED)) {
            for (Check check : verification.withStatus(status)) {
                lines.add("");
                lines.addAll(lines(check));
            }
        }
        lines.add("");
        lines.add(Words.verdict(verification) + ", in " + Words.duration(verification.took()) + ".");
        return lines.stream().map(dev.bauta.text.Shown::oneLine).toList();
    }

    private static List<String> lines(Check check) {
        List<String> lines = new ArrayList<>();
        lines.add("%-8s %s: %s (%s)"
                .formatted(
                        check.status(),
                        check.subject(),
                        check.name(),
                        check.area().label()));
        lines.add("         " + check.message());
        if (!check.evidence().isEmpty()) {
            lines.add("         " + Words.evidence(check));
        }
        if (!check.rule().isEmpty()) {
            lines.add("         rule " + check.rule());
        }
        return lines;
    }
}
