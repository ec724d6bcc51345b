package dev.bauta.proxy.verify.report;

import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Environment;
import dev.bauta.proxy.verify.result.Status;
import dev.bauta.proxy.verify.result.Verification;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One document of maps, lists, texts and numbers, for programs. Its keys are described in {@code docs/commands.md}. */
public final class JsonReport {
    private JsonReport() {}

    /** The document. */
    public static Map<String, Object> document(Verification verification) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("passed", verification.passed());
        document.put("started", verification.started().toString());
        document.put("seconds", verification.took().toMillis() / 1000.0);
        document.put("environment", environment(verification.environment()));
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            counts.put(label(status), verification.count(status));
        }
        document.put("counts", counts);
        document.put(
                "checks", verification.checks().stream().map(JsonReport::check).toList());
        return document;
    }

    private static Map<String, Object> environment(Environment environment) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("server", environment.server());
        object.put("serverVersion", environment.serverVersion());
        object.put("database", environment.database());
        object.put("user", environment.user());
        object.put("role", environment.role());
        object.put("ruleFile", environment.ruleFile());
        object.put("ruleVersion", environment.ruleVersion());
        object.put("access", environment.access());
        object.put("rows", environment.rows());
        object.put("bauta", environment.bauta());
        return object;
    }

    private static Map<String, Object> check(Check check) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("area", check.area().label());
        object.put("subject", check.subject());
        object.put("name", check.name());
        object.put("status", label(check.status()));
        object.put("message", check.message());
        if (!check.rule().isEmpty()) {
            object.put("rule", check.rule());
        }
        object.put("evidence", check.evidence());
        return object;
    }

    private static String label(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
