package dev.bauta.proxy.command;

import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.yaml.InvalidFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rule file a command looks at. */
final class RulesOption {
    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "The rule file. Default: that of --config, else rules.yaml.")
    private @Nullable Path file;

    /** The file's path. */
    Path path(ConnectionOptions connection, Map<String, String> environment) throws CommandFailure {
        if (file != null) {
            return file;
        }
        return connection.rules(environment).orElse(Path.of("rules.yaml"));
    }

    /** The rules. */
    RuleSet load(ConnectionOptions connection, Map<String, String> environment) throws CommandFailure {
        try {
            return RuleFile.load(path(connection, environment), environment);
        } catch (InvalidFileException e) {
            throw Failures.toFailure(e);
        }
    }
}
