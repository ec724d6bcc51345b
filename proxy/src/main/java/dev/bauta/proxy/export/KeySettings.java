package dev.bauta.proxy.export;

import dev.bauta.catalog.SqlNames;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The session settings from which masks read their keys, replaced by look-ups in a table that only the views' owner may read: a
 * reader of views could read a setting of the session too, and try out guesses with it. Not thread-safe.
 */
final class KeySettings {
    /** Passes over names in double quotes and over constants, in which the same text means nothing. */
    private static final Pattern SETTING =
            Pattern.compile("\"[^\"]*\"|pg_catalog\\.current_setting\\('bauta\\.((?:inner|outer)_([a-z][a-z0-9_]*))'\\)"
                    + "|E'[^'\\\\]*+(?:(?:\\\\.|'')[^'\\\\]*+)*+'|'[^']*'");

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
        String replaced = SETTING.matcher(sql).replaceAll(this::inPlace);
        if (SETTING.matcher(replaced).results().anyMatch(found -> isSetting(replaced, found))) {
            throw new IllegalStateException("a mask reads its key in a way that cannot be exported");
        }
        return replaced;
    }

    private static boolean isSetting(String sql, MatchResult found) {
        return found.group().startsWith("'bauta.")
                && sql.substring(0, found.start()).endsWith("current_setting(");
    }

    private String inPlace(MatchResult found) {
        return Matcher.quoteReplacement(found.group(1) == null ? found.group() : lookUp(found));
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
