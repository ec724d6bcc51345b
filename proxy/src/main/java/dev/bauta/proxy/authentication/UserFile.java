package dev.bauta.proxy.authentication;

import dev.bauta.proxy.files.UnusableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of users and verifiers in pgbouncer's form: {@code "user" "SCRAM-SHA-256$..."}, a line each. Double quotes inside are doubled,
 * empty lines and those that begin with a semicolon count for nothing.
 */
public final class UserFile {
    private static final Pattern LINE = Pattern.compile("\\s*\"((?:[^\"]++|\"\")++)\"\\s+\"((?:[^\"]++|\"\")*+)\".*");

    private UserFile() {}

    /**
     * Reads the verifiers by user.
     *
     * @throws UnusableFileException when something in the file cannot be used, with its line
     */
    public static Map<String, ScramVerifier> read(Path file) throws UnusableFileException {
        Map<String, ScramVerifier> users = new LinkedHashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank() && !lines.get(i).startsWith(";")) {
                readLine(file, i + 1, lines.get(i), users);
            }
        }
        return Map.copyOf(users);
    }

    private static void readLine(Path file, int number, String line, Map<String, ScramVerifier> users)
            throws UnusableFileException {
        Matcher form = LINE.matcher(line);
        if (!form.matches()) {
            throw problem(file, number, "is not \"user\" \"SCRAM-SHA-256$...\"");
        }
        Optional<ScramVerifier> verifier = ScramVerifier.parse(form.group(2).replace("\"\"", "\""));
        if (verifier.isEmpty()) {
            throw problem(
                    file,
                    number,
                    "holds no SCRAM-SHA-256 verifier; take it from rolpassword in pg_authid,"
                            + " and put no passwords and no MD5 hashes here");
        }
        if (users.put(form.group(1).replace("\"\"", "\""), verifier.get()) != null) {
            throw problem(file, number, "is about a user who stands there already");
        }
    }

    private static UnusableFileException problem(Path file, int line, String problem) {
        return new UnusableFileException(file, "line " + line + " " + problem);
    }

    private static List<String> lines(Path file) throws UnusableFileException {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UnusableFileException(file, "cannot be read as UTF-8 text");
        }
    }
}
