package dev.bauta.jdbc.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an application says that the rules' master key is: <code>${env:NAME}</code> or <code>${file:PATH}</code>. Rules take it by
 * <code>key: ${env:BAUTA_KEY}</code>. Holds no key. Immutable.
 *
 * @param reference the reference; null to leave the environment as it is
 */
public record KeyReference(@Nullable String reference) {
    /** What rules name it by. */
    public static final String VARIABLE = "BAUTA_KEY";

    private static final Pattern FORM = Pattern.compile("\\$\\{(env|file):(.+)}");
    /** In bytes. */
    private static final int LARGEST = 64 * 1024;

    /** Leaves the environment as it is. */
    public static final KeyReference NONE = new KeyReference(null);

    /** Reads a property's value, which is not repeated in errors: it could be a key. */
    public static KeyReference parse(@Nullable String value) throws SQLException {
        if (value == null || value.isEmpty()) {
            return NONE;
        }
        if (!FORM.matcher(value).matches()) {
            throw new SQLException(
                    "The connection property bautaKey must be ${env:NAME} or ${file:PATH}, never a key itself.",
                    "08001");
        }
        return new KeyReference(value);
    }

    /** The environment in which rules are read. @throws SQLException when the key is not where it should be */
    Map<String, String> environment() throws SQLException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (reference != null) {
            Matcher form = FORM.matcher(reference);
            if (!form.matches()) {
                throw new IllegalStateException("the form was checked");
            }
            environment.put(VARIABLE, form.group(1).equals("env") ? variable(form.group(2)) : file(form.group(2)));
        }
        return environment;
    }

    private static String variable(String name) throws SQLException {
        String value = System.getenv(name);
        if (value == null) {
            throw RuleSource.unusable("bautaKey names the environment variable " + name + ", which is not set");
        }
        return value;
    }

    private static String file(String path) throws SQLException {
        Path file = Path.of(path);
        try {
            if (Files.size(file) <= LARGEST) {
                return Files.readString(file).stripTrailing();
            }
        } catch (IOException e) {
            throw RuleSource.unusable("bautaKey names the file " + path + ", which cannot be read");
        }
        throw RuleSource.unusable("bautaKey names the file " + path + ", which has more than " + LARGEST + " bytes");
    }
}
