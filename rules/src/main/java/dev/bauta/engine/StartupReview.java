package dev.bauta.engine;

import dev.bauta.gate.SettingRules;
import dev.bauta.refusal.Refusal;
import dev.bauta.refusal.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules on the startup parameters of a masked session (manual, section 55.7 "StartupMessage"). */
final class StartupReview {
    private static final Set<String> NOT_SETTINGS = Set.of("user", "database");

    private StartupReview() {}

    static @Nullable Refusal review(Map<String, String> parameters) {
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            Refusal refusal = review(parameter.getKey(), parameter.getValue());
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static @Nullable Refusal review(String name, String value) {
        if (NOT_SETTINGS.contains(name) || name.startsWith("_pq_.")) {
            return null;
        }
        if (name.equals("replication")) {
            return Set.of("false", "off", "no", "0").contains(value) ? null : setting("replication");
        }
        if (name.equals("options")) {
            return reviewOptions(value);
        }
        return SettingRules.maySet(name, value) ? null : refuseSetting(name);
    }

    /** Command-line options: only {@code -c name=value} and {@code --name=value} are let through. */
    private static @Nullable Refusal reviewOptions(String options) {
        List<String> words = split(options);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String assignment = null;
            if (word.equals("-c") && i + 1 < words.size()) {
                assignment = words.get(++i);
            } else if (word.startsWith("-c") || word.startsWith("--")) {
                assignment = word.substring(2);
            }
            int equals = assignment == null ? -1 : assignment.indexOf('=');
            if (assignment == null || equals < 0) {
                return setting("options");
            }
            String name = assignment.substring(0, equals);
            if (!SettingRules.maySet(name, assignment.substring(equals + 1))) {
                return refuseSetting(name);
            }
        }
        return null;
    }

    /** As the server splits them: at white space, where a backslash makes the next character an ordinary one. */
    private static List<String> split(String options) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < options.length(); i++) {
            char c = options.charAt(i);
            if (Character.isWhitespace(c)) {
                if (inside) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inside = false;
            } else {
                inside = true;
                word.append(c == '\\' && i + 1 < options.length() ? options.charAt(++i) : c);
            }
        }
        if (inside) {
            words.add(word.toString());
        }
        return words;
    }

    private static Refusal refuseSetting(String name) {
        if (SettingRules.isSecret(name)) {
            return setting("bauta.*");
        }
        return name.equals("client_encoding") ? encoding("client_encoding") : setting(name);
    }

    private static Refusal setting(String name) {
        return new Refusal(
                RefusalCode.SETTING,
                "startup parameter \"" + name + "\" is not allowed to a masked role with this value",
                "Leave the parameter out of the connection string.",
                -1);
    }

    /** The refusal of an encoding. */
    static Refusal encoding(String which) {
        return new Refusal(
                RefusalCode.ENCODING,
                which + " must be UTF8 in a masked session",
                "Set the client's encoding to UTF8, for example with PGCLIENTENCODING=UTF8.",
                -1);
    }
}
