package dev.bauta.jdbc;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The startup parameters of a connection (manual, sections 20.1.3 and 55.2.1). */
final class StartupOptions {
    private StartupOptions() {}

    /** The startup parameters that the PostgreSQL driver is going to send and an application has a say in. */
    static Map<String, String> parameters(BautaUrl target) throws SQLException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", target.user());
        parameters.put("database", target.database());
        put(parameters, "options", target.properties().get("options"));
        put(parameters, "application_name", target.properties().get("ApplicationName"));
        put(parameters, "search_path", target.properties().get("currentSchema"));
        put(parameters, "replication", target.properties().get("replication"));
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    /** The {@code options} parameter with settings added behind the application's own, so that they prevail. */
    static String options(@Nullable String own, Map<String, String> settings) {
        StringBuilder options = new StringBuilder(own == null ? "" : own);
        settings.forEach((name, value) -> options.append(options.length() == 0 ? "" : " ")
                .append("-c ")
                .append(name)
                .append('=')
                .append(escape(value)));
        return options.toString();
    }

    /** White space ends an option, and a backslash takes away a character's meaning ({@code pg_split_opts}). */
    private static String escape(String value) {
        StringBuilder escaped = new StringBuilder();
        value.codePoints().forEach(c -> {
            if (c == '\\' || c == ' ' || c >= '\t' && c <= '\r') {
                escaped.append('\\');
            }
            escaped.appendCodePoint(c);
        });
        return escaped.toString();
    }
}
