package dev.bauta.jdbc.rules;

import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules that are packed with the application. They never change. */
final class ClassPathRules extends RuleSource {
    private final String name;
    private final String text;
    private final KeyReference key;

    ClassPathRules(String name, String text, KeyReference key) {
        this.name = name;
        this.text = text;
        this.key = key;
    }

    @Override
    public RuleSet load() throws SQLException {
        Map<String, String> environment = key.environment();
        return read(() -> RuleFile.parse(text, name, environment, Path.of("")));
    }

    /** What a resource holds for the application that asks. @throws SQLException when it is not there, or cannot be read */
    static String text(String resource) throws SQLException {
        try (InputStream in = open(resource)) {
            if (in == null) {
                throw unusable("classpath:" + resource + " is not on the class path");
            }
            return RuleText.decode("classpath:" + resource, in.readNBytes(RuleText.LARGEST + 1));
        } catch (IOException e) {
            throw unusable("classpath:" + resource + " cannot be read");
        }
    }

    /** The application's class loader first: with a driver that is shared by applications it knows more. */
    private static @Nullable InputStream open(String resource) {
        ClassLoader ours = Objects.requireNonNull(ClassPathRules.class.getClassLoader());
        ClassLoader applications = Thread.currentThread().getContextClassLoader();
        InputStream found = applications == null ? null : applications.getResourceAsStream(resource);
        return found == null ? ours.getResourceAsStream(resource) : found;
    }

    @Override
    Optional<RuleSet> changed() {
        return Optional.empty();
    }
}
