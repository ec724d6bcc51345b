package dev.bauta.proxy.command;

import dev.bauta.proxy.discovery.Discovery;
import dev.bauta.proxy.discovery.Discovery.Options;
import dev.bauta.rulefile.NamePattern;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bauta discover}. */
@Command(
        name = "discover",
        mixinStandardHelpOptions = true,
        versionProvider = BautaCommand.Version.class,
        description = {
            "Looks for personal data in a live database, and drafts rules for it.",
            "Reads names, types, comments and a sample of each table's rows; shows counts and never a value."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bauta discover --config bauta.yaml --output rules.yaml",
            "  bauta discover --host db --database shop --user reader --schema public --schema 'hr_*'",
            "  bauta discover --database shop --sample 0 --min-confidence 0.8 --format json"
        })
final class DiscoverCommand implements Callable<Integer> {
    private static final int MOST_ROWS = 100_000;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputFile output = new OutputFile();

    @Option(
            names = "--schema",
            paramLabel = "PATTERN",
            description = "Look at these schemas only; * stands for any run of characters. Can be repeated.")
    private List<String> schemas = List.of();

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "200",
            description = "Read so many rows of each table; 0 reads none. Default: ${DEFAULT-VALUE}.")
    private int sample;

    @Option(
            names = "--min-confidence",
            paramLabel = "C",
            defaultValue = "0.5",
            description = "Leave out what is less likely, from 0 to 1. Default: ${DEFAULT-VALUE}.")
    private double leastConfidence;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long reading one table may take. Default: ${DEFAULT-VALUE}.")
    private int timeout;

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandFailure {
        Options options = options();
        output.requireFree();
        Discovery.Result result = discover(options);
        DiscoveryReport report = new DiscoveryReport(result);
        output.write(report.draft().text());
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            out.println(report.json());
        } else {
            report.lines().forEach(out::println);
            out.println(
                    output.isGiven()
                            ? "Rules are drafted in " + output + "."
                            : "To draft rules, add --output rules.yaml.");
        }
        out.flush();
        return ExitStatus.OK.code();
    }

    private Options options() {
        require(sample >= 0 && sample <= MOST_ROWS, "--sample must be from 0 to " + MOST_ROWS);
        require(leastConfidence >= 0 && leastConfidence <= 1, "--min-confidence must be from 0 to 1");
        require(timeout >= 1 && timeout <= 3_600, "--timeout must be from 1 to 3600");
        return new Options(
                schemas.stream().map(NamePattern::new).toList(),
                sample,
                leastConfidence,
                Duration.ofSeconds(timeout),
                LocalDate.now(Clock.systemUTC()));
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private Discovery.Result discover(Options options) throws CommandFailure {
        ProgressLines progress = new ProgressLines(spec.commandLine().getErr(), Clock.systemUTC());
        try (Connection opened = connection.open(System.getenv())) {
            return new Discovery(options, progress).run(opened);
        } catch (Discovery.UnknownSchemaException e) {
            throw new CommandFailure(ExitStatus.NOT_FOUND, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            throw Failures.unreadable(e);
        }
    }
}
