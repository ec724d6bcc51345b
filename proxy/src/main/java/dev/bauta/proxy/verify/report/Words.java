package dev.bauta.proxy.verify.report;

import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Status;
import dev.bauta.proxy.verify.result.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** What all reports say in the same words. */
final class Words {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Words() {}

    static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    static String duration(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    static String evidence(Check check) {
        return check.evidence().entrySet().stream()
                .map(count -> count.getKey() + " " + String.format(Locale.ROOT, "%,d", count.getValue()))
                .collect(Collectors.joining("; "));
    }

    /** One line on the whole. */
    static String verdict(Verification verification) {
        long failed = verification.count(Status.FAILED);
        long warnings = verification.count(Status.WARNING);
        String start = failed == 0
                ? "All %,d checks passed".formatted(verification.checks().size() - verification.count(Status.SKIPPED))
                : "%,d of %,d checks failed"
                        .formatted(failed, verification.checks().size());
        return start + (warnings == 0 ? "" : ", %,d with a warning".formatted(warnings));
    }
}
