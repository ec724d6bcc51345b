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
    private final String resource;
    private final KeyReference key;

    ClassPathRules(String resource, KeyReference key) {
        this.resource = resource;
        this.key = key;
    }

    @Override
    public RuleSet load() throws SQLException {
        Map<String, String> environment = key.environment();
        String text = text();
        return read(() -> RuleFile.parse(text, "classpath:" + resource, environment, Path.of("")));
    }

    private String text() throws SQLException {
        try (InputStream in = open()) {
            if (in == null) {
                throw unusable("classpath:" + resource + " is not on the class path");
            }
            return RuleText.decode("classpath:" + resource, in.readNBytes(RuleText.LARGEST + 1));
        } catch (IOException e) {
            throw unusable("classpath:" + resource + " cannot be read");
        }
    }

    /** The application's class loader first: with a driver that is shared by applications it knows more. */
    private @Nullable InputStream open() {
        ClassLoader ours = Objects.requireNonNull(getClass().getClassLoader());
        ClassLoader applications = Thread.currentThread().getContextClassLoader();
        InputStream found = applications == null ? null : applications.getResourceAsStream(resource);
        return found == null ? ours.getResourceAsStream(resource) : found;
    }

    @Override
    Optional<RuleSet> changed() {
        return Optional.empty();
    }
}
