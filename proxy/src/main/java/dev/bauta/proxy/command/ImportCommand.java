package dev.bauta.proxy.command;

import dev.bauta.proxy.translation.DatabaseRules;
import dev.bauta.proxy.translation.ShardingSphereRules;
import dev.bauta.proxy.translation.Translated;
import dev.bauta.text.Shown;
import dev.bauta.yaml.InvalidFileException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bauta import}: one command for each place that rules can come from. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        versionProvider = BautaCommand.Version.class,
        synopsisSubcommandLabel = "SOURCE",
        subcommands = {ImportCommand.FromDatabase.class, ImportCommand.FromShardingSphere.class},
        description = {
            "Makes a rule file out of rules that stand elsewhere.",
            "What cannot be translated is listed, and gets a mask that shows nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bauta import database --config bauta.yaml --output rules.yaml",
            "  bauta import shardingsphere config-mask.yaml --output rules.yaml"
        })
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitStatus.USAGE.code();
    }

    /** What the sources have in common. */
    abstract static class Source implements Callable<Integer> {
        @Mixin
        private OutputFile output = new OutputFile();

        @Mixin
        private FormatOption format = new FormatOption();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        /** Reads the rules. */
        abstract Translated read() throws CommandFailure;

        @Override
        public Integer call() throws CommandFailure {
            output.requireFree();
            Translated translated = read();
            String rules = translated.draft().text();
            output.write(rules);
            PrintWriter out = spec.commandLine().getOut();
            if (format.isJson()) {
                out.println(json(translated, rules));
            } else {
                report(
                        translated,
                        output.isGiven()
                                ? spec.commandLine().getOut()
                                : spec.commandLine().getErr());
                out.print(output.isGiven() ? "" : rules);
            }
            out.flush();
            return (translated.problems().isEmpty() ? ExitStatus.OK : ExitStatus.REVIEW).code();
        }

        /** Beside the rules themselves where those go to standard output. */
        private void report(Translated translated, PrintWriter to) {
            to.println(translated.columns() + " column rules, "
                    + translated.problems().size() + " of them not translated"
                    + (output.isGiven() ? ", written to " + output : ""));
            translated
                    .problems()
                    .forEach(problem -> to.println(Shown.oneLine(problem.where() + ": " + problem.reason())));
            translated.notes().forEach(note -> to.println(Shown.oneLine(note)));
            to.flush();
        }

        private static String json(Translated translated, String rules) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("columns", translated.columns());
            document.put(
                    "untranslated",
                    translated.problems().stream()
                            .map(problem -> {
                                Map<String, String> entry = new LinkedHashMap<>();
                                entry.put("where", problem.where());
                                entry.put("reason", problem.reason());
                                return entry;
                            })
                            .toList());
            document.put("notes", translated.notes());
            document.put("rules", rules);
            return Json.of(document);
        }
    }

    /** {@code bauta import database}. */
    @Command(
            name = "database",
            mixinStandardHelpOptions = true,
            versionProvider = BautaCommand.Version.class,
            description = {
                "Takes rules from a database: comments on columns such as 'bauta: email', "
                        + "and PostgreSQL Anonymizer's security labels."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  bauta import database --config bauta.yaml --output rules.yaml",
                "  bauta import database --host db --database shop --user reader --format json"
            })
    static final class FromDatabase extends Source {
        @Mixin
        private ConnectionOptions connection = new ConnectionOptions();

        @Override
        Translated read() throws CommandFailure {
            try (Connection opened = connection.open(System.getenv())) {
                return DatabaseRules.read(opened);
            } catch (SQLException e) {
                throw Failures.unreadable(e);
            }
        }
    }

    /** {@code bauta import shardingsphere}. */
    @Command(
            name = "shardingsphere",
            mixinStandardHelpOptions = true,
            versionProvider = BautaCommand.Version.class,
            description = "Takes rules from a YAML file of Apache ShardingSphere with a !MASK rule.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  bauta import shardingsphere config-mask.yaml --output rules.yaml",
                "  bauta import shardingsphere global.yaml --format json"
            })
    static final class FromShardingSphere extends Source {
        @Parameters(paramLabel = "FILE", description = "ShardingSphere's file.")
        private Path file = Path.of("config-mask.yaml");

        @Override
        Translated read() throws CommandFailure {
            try {
                return ShardingSphereRules.read(file);
            } catch (InvalidFileException e) {
                throw Failures.toFailure(e);
            }
        }
    }
}
