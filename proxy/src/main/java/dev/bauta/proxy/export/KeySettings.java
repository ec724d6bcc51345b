package dev.bauta.proxy.export;

import dev.bauta.catalog.SqlNames;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The session settings from which masks read their keys, replaced by look-ups in a table that only the views' owner may read: a
 * reader of views could read a setting of the session too, and try out guesses with it. Not thread-safe.
 */
final class KeySettings {
    private static final Pattern SETTING =
            Pattern.compile("pg_catalog\\.current_setting\\('bauta\\.((?:inner|outer)_([a-z][a-z0-9_]*))'\\)");

    private final String schema;
    private final Set<String> domains = new TreeSet<>();

    /** @param schema where the table of keys is */
    KeySettings(String schema) {
        this.schema = schema;
    }

    /**
     * The expression with look-ups in the place of settings.
     *
     * @throws IllegalStateException when a setting is read in a way that is not known here
     */
    String inPlace(String sql) {
        String replaced = SETTING.matcher(sql).replaceAll(this::lookUp);
        if (replaced.contains("current_setting('bauta.")) {
            throw new IllegalStateException("a mask reads its key in a way that cannot be exported");
        }
        return replaced;
    }

    private String lookUp(MatchResult setting) {
        domains.add(setting.group(2));
        String table = SqlNames.quote(schema) + ".setting";
        return "(SELECT k.value FROM " + table + " AS k WHERE k.name OPERATOR(pg_catalog.=) "
                + SqlNames.literal(setting.group(1)) + "::pg_catalog.text)";
    }

    /** The domains whose keys were asked for. */
    Set<String> domains() {
        return domains;
    }

    boolean isEmpty() {
        return domains.isEmpty();
    }
}
