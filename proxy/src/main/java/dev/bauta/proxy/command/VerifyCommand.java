package dev.bauta.proxy.command;

import dev.bauta.proxy.catalog.CatalogUnavailableException;
import dev.bauta.proxy.serving.Secret;
import dev.bauta.proxy.verify.Request;
import dev.bauta.proxy.verify.TablePattern;
import dev.bauta.proxy.verify.UnknownTableException;
import dev.bauta.proxy.verify.UnsuitableUserException;
import dev.bauta.proxy.verify.Verifier;
import dev.bauta.proxy.verify.connect.Connections;
import dev.bauta.proxy.verify.connect.Login;
import dev.bauta.proxy.verify.data.RelationVerifier.Limits;
import dev.bauta.proxy.verify.report.HtmlReport;
import dev.bauta.proxy.verify.report.JsonReport;
import dev.bauta.proxy.verify.report.JunitReport;
import dev.bauta.proxy.verify.report.TextReport;
import dev.bauta.proxy.verify.result.Verification;
import dev.bauta.text.Shown;
import dev.bauta.yaml.InvalidFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bauta verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = BautaCommand.Version.class,
        description = {
            "Tests the rules on a live database, through the eyes of a masked user.",
            "Columns and row counts are as they were, unprotected columns are identical, protected ones show their masks and "
                    + "nothing else, joins survive, and hostile statements against made-up values in a scratch schema show nothing.",
            "Ends with 0 only if every check passed."
        })
final class VerifyCommand implements Callable<Integer> {
    /** How long cleaning up after Ctrl-C may take. */
    private static final int CLEANING_SECONDS = 15;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "The rule file. Default: that of the proxy's configuration.")
    private @Nullable Path rules;

    @Option(
            names = "--as",
            paramLabel = "USER",
            required = true,
            description = "The masked user through whose eyes to look.")
    private String user = "";

    @Option(
            names = "--as-password-from",
            paramLabel = "SOURCE",
            description =
                    "Where that user's password is: env:NAME, file:PATH or prompt. Then the user logs in through a "
                            + "proxy in this process. Without it --user, a superuser, takes the user's place.")
    private @Nullable String asPasswordFrom;

    @Option(
            names = "--tables",
            paramLabel = "PATTERN",
            split = ",",
            description = "Only tables and views like these, SCHEMA.NAME or NAME, where * is any run of characters.")
    private List<String> tables = List.of();

    @Option(
            names = "--sample",
            paramLabel = "ROWS",
            defaultValue = "10000",
            description = "Compare about so many rows of each table. Default: ${DEFAULT-VALUE}.")
    private long sample;

    @Option(names = "--full", description = "Compare all rows.")
    private boolean full;

    @Option(names = "--clear", description = "Also compare tables that have no protected column.")
    private boolean clear;

    @Option(
            names = "--quasi",
            paramLabel = "COLUMN",
            split = ",",
            description =
                    "Columns that together may point to a person. Every table that has all of them is checked for "
                            + "groups of rows that are smaller than --k.")
    private List<String> quasi = List.of();

    @Option(
            names = "--k",
            paramLabel = "ROWS",
            defaultValue = "5",
            description = "How many rows the smallest group must have. Default: ${DEFAULT-VALUE}.")
    private int smallest;

    @Option(names = "--no-attacks", description = "Leave out the self-test, which creates a scratch schema.")
    private boolean noAttacks;

    @Mixin
    private FormatOption format = new FormatOption();

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write JUnit XML to this file.")
    private @Nullable Path junit;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a report for people to this file.")
    private @Nullable Path html;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        requireFolder(junit);
        requireFolder(html);
        Request request = request(System.getenv());
        PrintWriter err = spec.commandLine().getErr();
        // The scratch schema and every connection of this run can be told from those of others.
        String run = "bauta verify " + Long.toHexString(new SecureRandom().nextLong());
        Verifier verifier = new Verifier(
                request,
                new Connections(run),
                line -> err.println("bauta: " + Shown.oneLine(line)),
                Clock.systemUTC(),
                new BautaCommand.Version().getVersion()[0].replaceFirst("^bauta ", ""));
        Verification verification = run(verifier, request);
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            out.println(Json.of(JsonReport.document(verification)));
        } else {
            TextReport.lines(verification).forEach(out::println);
        }
        out.flush();
        write(junit, () -> JunitReport.text(verification));
        write(html, () -> HtmlReport.text(verification));
        return (verification.passed() ? ExitStatus.OK : ExitStatus.FAILED).code();
    }

    private Request request(Map<String, String> environment) throws CommandFailure {
        if (sample < 1 || smallest < 1) {
            throw new ParameterException(spec.commandLine(), "--sample and --k must be at least 1");
        }
        ConnectionOptions.Target target = connection.target(environment);
        Path file = rules;
        if (file == null) {
            file = connection
                    .rules(environment)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "name the rule file with --rules, or a configuration with --config"));
        }
        Optional<Login> login = asPasswordFrom == null
                ? Optional.empty()
                : Optional.of(new Login(
                        user,
                        new Secret(ConnectionOptions.readPassword("--as-password-from", asPasswordFrom, environment))));
        return new Request(
                new dev.bauta.proxy.verify.connect.Target(
                        target.servers(), target.database(), new Login(target.user(), new Secret(target.password()))),
                file,
                user,
                login,
                tables.stream().map(TablePattern::new).toList(),
                clear,
                new Limits(full ? 0 : sample, quasi, smallest),
                !noAttacks);
    }

    /** On a thread of its own, so that Ctrl-C need not wait for the database, and what was created is dropped. */
    private static Verification run(Verifier verifier, Request request) throws CommandFailure, InterruptedException {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            Future<Verification> result = worker.submit(verifier::run);
            return result.get();
        } catch (InterruptedException e) {
            verifier.abort();
            throw e;
        } catch (ExecutionException e) {
            throw toFailure(e.getCause(), request);
        } finally {
            worker.shutdown();
            boolean unused = worker.awaitTermination(CLEANING_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static CommandFailure toFailure(@Nullable Throwable cause, Request request) {
        if (cause instanceof InvalidFileException file) {
            return Failures.toFailure(file);
        } else if (cause instanceof UnsuitableUserException unsuitable) {
            return new CommandFailure(ExitStatus.USAGE, String.valueOf(unsuitable.getMessage()));
        } else if (cause instanceof UnknownTableException unknown) {
            return new CommandFailure(ExitStatus.NOT_FOUND, String.valueOf(unknown.getMessage()));
        } else if (cause instanceof CatalogUnavailableException unavailable) {
            return new CommandFailure(ExitStatus.UNREACHABLE, String.valueOf(unavailable.getMessage()));
        } else if (cause instanceof SQLException failure) {
            return new CommandFailure(
                    ExitStatus.UNREACHABLE,
                    "cannot verify " + request.target() + ": "
                            + dev.bauta.proxy.verify.data.Failures.describe(failure));
        }
        return new CommandFailure(
                ExitStatus.FAILED,
                "unexpected " + (cause == null ? "failure" : cause.getClass().getName()));
    }

    /** Before any work is begun. */
    private static void requireFolder(@Nullable Path file) throws CommandFailure {
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new CommandFailure(ExitStatus.OUTPUT, "cannot write " + file + ": there is no such directory");
        }
    }

    private interface Text {
        String get();
    }

    private static void write(@Nullable Path file, Text text) throws CommandFailure {
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, text.get(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitStatus.OUTPUT,
                    "cannot write " + file + ": " + e.getClass().getSimpleName());
        }
    }
}
