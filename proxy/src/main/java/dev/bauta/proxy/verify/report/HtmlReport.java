package dev.bauta.proxy.verify.report;

import dev.bauta.proxy.verify.result.Area;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Environment;
import dev.bauta.proxy.verify.result.Status;
import dev.bauta.proxy.verify.result.Verification;
import dev.bauta.text.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A page for people, which stands alone: no script, nothing from elsewhere, good to print. */
public final class HtmlReport {
    private final StringBuilder html = new StringBuilder();
    private final Verification verification;

    private HtmlReport(Verification verification) {
        this.verification = verification;
    }

    /** The page. */
    public static String text(Verification verification) {
        HtmlReport report = new HtmlReport(verification);
        report.write();
        return report.html.toString();
    }

    private void write() {
        Environment environment = verification.environment();
        add("<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">");
        add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        add("<title>Bauta verification: " + escape(environment.database()) + "</title>");
        add("<style>", style(), "</style>", "</head>", "<body>", "<main>");
        header();
        summary();
        findings("What failed", Status.FAILED);
        findings("What to look at", Status.WARNING);
        rules();
        environment();
        for (Area area : Area.values()) {
            checks(area);
        }
        add("</main>");
        add("<footer>Bauta " + escape(environment.bauta())
                + ". This page holds names and counts, and no value of the database.</footer>");
        add("</body>", "</html>");
    }

    private void header() {
        Environment environment = verification.environment();
        add("<header class=\"" + (verification.passed() ? "passed" : "failed") + "\">");
        add("<p class=\"kind\">Bauta verification</p>");
        add("<h1>" + (verification.passed() ? "Passed" : "Failed") + "</h1>");
        add("<p class=\"verdict\">" + Words.verdict(verification) + ".</p>");
        add("<p>Database <strong>" + escape(environment.database()) + "</strong> as <strong>"
                + escape(environment.user()) + "</strong>, " + Words.moment(verification.started()) + "</p>");
        add("</header>");
    }

    private void summary() {
        add("<section>", "<h2>Summary</h2>", "<table class=\"counts\">");
        add("<caption>Checks by area</caption>");
        add("<thead><tr><th scope=\"col\">Area</th><th scope=\"col\">Passed</th><th scope=\"col\">Warnings</th>"
                + "<th scope=\"col\">Failed</th><th scope=\"col\">Skipped</th></tr></thead>");
        add("<tbody>");
        for (Area area : Area.values()) {
            add("<tr><th scope=\"row\">" + title(area.label()) + "<span class=\"about\">" + about(area) + "</span></th>"
                    + counts(area) + "</tr>");
        }
        add("</tbody>", "</table>", "</section>");
    }

    private String counts(Area area) {
        return List.of(Status.PASSED, Status.WARNING, Status.FAILED, Status.SKIPPED).stream()
                .map(status -> count(status, verification.count(area, status)))
                .collect(Collectors.joining());
    }

    private static String count(Status status, long count) {
        String mark = count == 0 ? "none" : label(status);
        return "<td class=\"number %s\">%s</td>".formatted(mark, number(count));
    }

    private static String about(Area area) {
        return switch (area) {
            case SCHEMA -> "names, types, nullability and row counts are unchanged";
            case INTEGRITY -> "unprotected columns are identical";
            case COMPLIANCE -> "protected columns show their masks and nothing else";
            case ANONYMITY -> "what still tells people apart";
            case ATTACKS -> "hostile statements against made-up values show nothing";
        };
    }

    private void findings(String title, Status status) {
        List<Check> checks = verification.withStatus(status);
        if (checks.isEmpty()) {
            return;
        }
        add("<section>", "<h2>" + title + "</h2>", "<ul class=\"findings\">");
        for (Check check : checks) {
            add("<li class=\"" + label(status) + "\">");
            add("<h3>" + escape(check.subject()) + " <span>" + escape(check.name()) + "</span></h3>");
            add("<p>" + escape(sentence(check.message())) + "</p>");
            add("<p class=\"evidence\">" + escape(joined(Words.evidence(check), rule(check))) + "</p>", "</li>");
        }
        add("</ul>", "</section>");
    }

    private static String rule(Check check) {
        return check.rule().isEmpty() ? "" : "rule " + check.rule();
    }

    private static String joined(String left, String right) {
        return left.isEmpty() || right.isEmpty() ? left + right : left + " · " + right;
    }

    private void rules() {
        Map<String, List<Check>> rules = verification.byRule();
        if (rules.isEmpty()) {
            return;
        }
        add("<section>", "<h2>Rules</h2>", "<table class=\"rules\">");
        add("<caption>Each rule of the file, and what it came to</caption>");
        add("<thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Protects</th>"
                + "<th scope=\"col\" class=\"number\">Values compared</th><th scope=\"col\">Result</th></tr></thead>");
        add("<tbody>");
        rules.entrySet().stream().sorted(HtmlReport::byPlace).forEach(rule -> rule(rule.getKey(), rule.getValue()));
        add("</tbody>", "</table>", "</section>");
    }

    /** By line and column, which a sort of text would put in another order. */
    private static int byPlace(Map.Entry<String, ?> left, Map.Entry<String, ?> right) {
        return padded(left.getKey()).compareTo(padded(right.getKey()));
    }

    private static String padded(String place) {
        return java.util.regex.Pattern.compile("\\d+")
                .matcher(place)
                .replaceAll(number -> "0".repeat(Math.max(0, 9 - number.group().length())) + number.group());
    }

    private void rule(String place, List<Check> checks) {
        Status worst = checks.stream().map(Check::status).max(Status::compareTo).orElse(Status.PASSED);
        List<String> subjects =
                checks.stream().map(Check::subject).distinct().sorted().toList();
        long values = checks.stream()
                .filter(check -> check.name().equals("masked values"))
                .mapToLong(check -> check.evidence().getOrDefault("values", 0L))
                .sum();
        add("<tr><th scope=\"row\"><code>" + escape(place.substring(place.lastIndexOf('/') + 1)) + "</code></th><td>"
                + subjects.stream()
                        .map(subject -> "<code>" + escape(subject) + "</code>")
                        .collect(Collectors.joining("<br>"))
                + "</td><td class=\"number\">" + number(values) + "</td><td>" + badge(worst) + "</td></tr>");
    }

    private void environment() {
        Environment environment = verification.environment();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Server", "PostgreSQL " + environment.serverVersion() + " at " + environment.server());
        facts.put("Database", environment.database());
        facts.put("Seen as", environment.user() + ", role " + environment.role());
        facts.put("Masks read", environment.access());
        facts.put("Rule file", environment.ruleFile());
        facts.put("Rule version", environment.ruleVersion());
        facts.put("Compared", environment.rows());
        facts.put("Started", Words.moment(verification.started()));
        facts.put("Took", Words.duration(verification.took()));
        facts.put("Bauta", environment.bauta());
        add("<section>", "<h2>Environment</h2>", "<dl>");
        facts.forEach((name, value) -> add("<div><dt>" + name + "</dt><dd>" + escape(value) + "</dd></div>"));
        add("</dl>", "</section>");
    }

    private void checks(Area area) {
        List<Check> checks = new ArrayList<>(verification.checks().stream()
                .filter(check -> check.area() == area)
                .toList());
        if (checks.isEmpty()) {
            return;
        }
        add("<section>", "<h2>" + title(area.label()) + "</h2>", "<table class=\"checks\">");
        add("<caption>" + title(about(area)) + ": all " + number(checks.size()) + " checks</caption>");
        add("<thead><tr><th scope=\"col\">Result</th><th scope=\"col\">Subject</th><th scope=\"col\">Check</th>"
                + "<th scope=\"col\">Finding and evidence</th></tr></thead>");
        add("<tbody>");
        for (Check check : checks) {
            add("<tr><td>" + badge(check.status()) + "</td><th scope=\"row\">" + escape(check.subject()) + "</th><td>"
                    + escape(check.name()) + "</td><td>" + escape(sentence(check.message()))
                    + "<span class=\"evidence\">"
                    + escape(Words.evidence(check)) + "</span></td></tr>");
        }
        add("</tbody>", "</table>", "</section>");
    }

    private static String badge(Status status) {
        String sign =
                switch (status) {
                    case PASSED -> "✓";
                    case SKIPPED -> "–";
                    case WARNING -> "!";
                    case FAILED -> "✕";
                };
        return "<span class=\"badge %s\"><span aria-hidden=\"true\">%s</span> %s</span>"
                .formatted(label(status), sign, label(status));
    }

    private static String label(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String title(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String sentence(String text) {
        return text.isEmpty() ? "" : title(text) + (text.endsWith(".") ? "" : ".");
    }

    private static String escape(String text) {
        return Shown.oneLine(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private void add(String... lines) {
        for (String line : lines) {
            html.append(line).append('\n');
        }
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("no resource report.css");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
