package dev.bauta.gate;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which run-time settings a masked session may change or read. A setting is free unless it carries Bauta's keys, changes who
 * the session is, changes how the server reads text, or makes the server print what it should not.
 */
public final class SettingRules {
    private static final Set<String> FORBIDDEN = Set.of(
            "role",
            "session_authorization",
            "standard_conforming_strings",
            "allow_system_table_mods",
            "debug_print_parse",
            "debug_print_plan",
            "debug_print_rewritten",
            "trace_sort",
            "local_preload_libraries",
            "session_preload_libraries",
            "dynamic_library_path");

    /** Prefixes of the settings of libraries that write what the server runs to its log, or to clients where their settings say so. */
    private static final List<String> LOGGING = List.of("auto_explain.", "pgaudit.");

    private static final Set<String> UTF8 = Set.of("utf8", "unicode", "sqlascii");

    /** Levels of messages for clients. What is for the server's log has texts and plans as the server has them, row filters included. */
    private static final Set<String> TOLD = Set.of("info", "notice", "warning", "error", "fatal", "panic", "default");

    private SettingRules() {}

    /** True for a setting that carries key material: neither readable nor writable. */
    public static boolean isSecret(String setting) {
        return normalise(setting).startsWith("bauta");
    }

    /**
     * Whether a masked session may be begun with this.
     *
     * @param setting the setting's name in any letter case
     * @param value the new value as the server will read it, or null when it is not known or is the default
     */
    public static boolean maySet(String setting, @Nullable String value) {
        String name = normalise(setting);
        if (isSecret(name)) {
            return false;
        }
        if (name.equals("client_encoding")) {
            return value == null ? false : isUtf8(value);
        }
        if (name.equals("standard_conforming_strings")) {
            return "on".equals(value);
        }
        if (name.equals("client_min_messages")) {
            return value != null && TOLD.contains(value.toLowerCase(Locale.ROOT));
        }
        if (isSearchPath(name)) {
            return value == null || !holdsTemporarySchema(value);
        }
        return !FORBIDDEN.contains(name) && LOGGING.stream().noneMatch(name::startsWith);
    }

    /**
     * Whether a masked session under way may set this: as {@link #maySet}, but that the way in which the server reads strings stays what it is.
     * What follows in the same breath is decided before the server has told of a change.
     *
     * @param standardConformingStrings the session's setting
     */
    static boolean mayChange(String setting, @Nullable String value, boolean standardConformingStrings) {
        boolean changes = normalise(setting).equals("standard_conforming_strings") && !standardConformingStrings;
        return !changes && maySet(setting, value);
    }

    /** True for the setting by which unqualified names are looked up. */
    static boolean isSearchPath(String setting) {
        return normalise(setting).equals("search_path");
    }

    /** True where a search path can hold the temporary schema of another session, whose views show what their owner sees; {@code pg_temp} is none. */
    static boolean holdsTemporarySchema(String path) {
        return path.toLowerCase(Locale.ROOT).contains("pg_temp_");
    }

    /** True for the names PostgreSQL takes for UTF-8, and for SQL_ASCII, which means the server's own encoding. */
    public static boolean isUtf8(String encoding) {
        StringBuilder letters = new StringBuilder(encoding.length());
        encoding.toLowerCase(Locale.ROOT)
                .chars()
                .filter(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
                .forEach(c -> letters.append((char) c));
        return UTF8.contains(letters.toString());
    }

    /** Setting names fold by ASCII case; in startup options a hyphen stands for an underscore. */
    private static String normalise(String setting) {
        StringBuilder name = new StringBuilder(setting.length());
        for (int i = 0; i < setting.length(); i++) {
            char c = setting.charAt(i);
            name.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c == '-' ? '_' : c);
        }
        return name.toString();
    }
}
