package dev.bauta.proxy.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that stand elsewhere than in the configuration: {@code ${env:NAME}} for an environment variable, {@code ${file:PATH}}
 * for the first line of a file. A placeholder is the whole of a value, not a part of it. Immutable.
 *
 * @param directory what relative paths start from
 * @param environment the environment variables
 */
record Placeholders(Path directory, Map<String, String> environment) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):([^}]+)}");

    /** A placeholder that leads nowhere; the message says which, and never what a value is. */
    static final class UnresolvedException extends Exception {
        private static final long serialVersionUID = 1L;

        UnresolvedException(String message) {
            super(message, null, false, false);
        }
    }

    Placeholders {
        environment = Map.copyOf(environment);
    }

    /** The value that the text stands for; the text itself where it is no placeholder. */
    String resolve(String text) throws UnresolvedException {
        Matcher matcher = PLACEHOLDER.matcher(text);
        if (!matcher.matches()) {
            if (text.contains("${")) {
                throw new UnresolvedException("a placeholder must be the whole value: ${env:NAME} or ${file:PATH}");
            }
            return text;
        }
        return matcher.group(1).equals("env") ? variable(matcher.group(2)) : firstLine(matcher.group(2));
    }

    private String variable(String name) throws UnresolvedException {
        String value = environment.get(name);
        if (value == null) {
            throw new UnresolvedException("the environment variable " + name + " is not set");
        }
        return value;
    }

    private String firstLine(String name) throws UnresolvedException {
        Path file = directory.resolve(name);
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new UnresolvedException("cannot read the file " + file);
        }
    }

    /** Not the environment. */
    @Override
    public String toString() {
        return "Placeholders[" + directory + "]";
    }
}
