package dev.bauta.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The arguments of a call in SQL, as far as they are plain. Stateless. */
final class SqlArguments {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,9}");
    private static final Pattern STRING = Pattern.compile("(?s)'((?:[^'\\\\]|'')*)'(?:::[\\w .\"()]+)?");
    private static final Pattern DOLLARS = Pattern.compile("(?s)\\$(\\w*)\\$(.*)\\$\\1\\$(?:::[\\w .\"()]+)?");

    private SqlArguments() {}

    /** The arguments, split at the commas that are in no string and no parentheses. */
    static List<String> split(String arguments) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < arguments.length(); i++) {
            char c = arguments.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == ')')) {
                depth += c == '(' ? 1 : -1;
            } else if (!quoted && depth == 0 && c == ',') {
                parts.add(arguments.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(arguments.substring(start).strip());
        return parts;
    }

    /** The constant that an argument is: an Integer, a Boolean or a String. */
    static Optional<Object> constant(String argument) {
        if (NUMBER.matcher(argument).matches()) {
            return Optional.of(Integer.valueOf(argument));
        }
        if (argument.equalsIgnoreCase("true") || argument.equalsIgnoreCase("false")) {
            return Optional.of(Boolean.valueOf(argument));
        }
        var string = STRING.matcher(argument);
        if (string.matches()) {
            return Optional.of(string.group(1).replace("''", "'"));
        }
        var dollars = DOLLARS.matcher(argument);
        return dollars.matches() ? Optional.of(dollars.group(2)) : Optional.empty();
    }
}
