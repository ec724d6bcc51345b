package dev.bauta.proxy.command;

import dev.bauta.engine.Engine;
import dev.bauta.proxy.postgres.SafePath;
import dev.bauta.proxy.review.Change;
import dev.bauta.proxy.review.Comparison;
import dev.bauta.proxy.review.Survey;
import dev.bauta.proxy.review.Workload;
import dev.bauta.proxy.review.WorkloadComparison;
import dev.bauta.proxy.review.WorkloadComparison.Changed;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.text.Shown;
import dev.bauta.yaml.InvalidFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bauta diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        versionProvider = BautaCommand.Version.class,
        description = {
            "Says what two rule files make differently of a live schema: which columns become raw, masked, masked otherwise "
                    + "or refused for which role; and of recorded statements: which are decided otherwise.",
            "Reads no table."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bauta diff --config bauta.yaml rules.yaml new-rules.yaml",
            "  bauta diff --config bauta.yaml rules.yaml new-rules.yaml --workload audit.jsonl",
            "  bauta diff january.json february.json"
        })
final class DiffCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(
            index = "0",
            paramLabel = "OLD",
            description = "A rule file, or what bauta check --save has saved, which ends in .json.")
    private Path before = Path.of("rules.yaml");

    @Parameters(index = "1", paramLabel = "NEW", description = "Another one.")
    private Path after = Path.of("rules.yaml");

    @Option(
            names = "--workload",
            paramLabel = "FILE",
            description = "An audit log, for whose statements to say which are decided otherwise. Can be repeated.")
    private List<Path> workload = List.of();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What the two files come to. */
    private record Differences(List<Change> changes, @Nullable WorkloadComparison workload) {
        boolean isEmpty() {
            return changes.isEmpty() && (workload == null || workload.changes().isEmpty());
        }
    }

    @Override
    public Integer call() throws CommandFailure {
        Differences differences = compare();
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            out.println(Json.of(document(differences)));
        } else {
            print(differences, out);
        }
        out.flush();
        return (differences.isEmpty() ? ExitStatus.OK : ExitStatus.REVIEW).code();
    }

    private static boolean isSurvey(Path file) {
        return file.toString().endsWith(".json");
    }

    private Differences compare() throws CommandFailure {
        if (isSurvey(before) && isSurvey(after)) {
            requireRules();
            return new Differences(Comparison.of(SurveyFile.read(before), SurveyFile.read(after)), null);
        }
        RuleSet old = isSurvey(before) ? null : load(before);
        RuleSet fresh = isSurvey(after) ? null : load(after);
        if (old == null || fresh == null) {
            requireRules();
        }
        ProgressLines progress = new ProgressLines(spec.commandLine().getErr(), Clock.systemUTC());
        try (Connection opened = connection.openInOwnPath(System.getenv())) {
            List<String> searchPath = SafePath.current(opened);
            SafePath.set(opened);
            Engine former = old == null ? null : Engine.load(old, opened);
            Engine latter = fresh == null ? null : engine(fresh, former, opened);
            WorkloadComparison compared = workload.isEmpty() || former == null || latter == null
                    ? null
                    : WorkloadComparison.of(
                            read(workload, opened.getCatalog()),
                            opened.getCatalog(),
                            former,
                            latter,
                            searchPath,
                            progress::at);
            return new Differences(Comparison.of(survey(before, former), survey(after, latter)), compared);
        } catch (SQLException e) {
            throw Failures.unreadable(e);
        }
    }

    private void requireRules() {
        if (!workload.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--workload needs two rule files");
        }
    }

    /** Over the same catalogs as another one, which are read once. */
    private static Engine engine(RuleSet rules, @Nullable Engine other, Connection opened) throws SQLException {
        if (other == null) {
            return Engine.load(rules, opened);
        }
        Engine engine = Engine.of(rules, other.policies().catalog());
        boolean unused = engine.refresh(opened);
        return engine;
    }

    private static Survey survey(Path file, @Nullable Engine engine) throws CommandFailure {
        return engine == null ? SurveyFile.read(file) : Survey.of(engine.policies());
    }

    private static RuleSet load(Path file) throws CommandFailure {
        try {
            return RuleFile.load(file);
        } catch (InvalidFileException e) {
            throw Failures.toFailure(e);
        }
    }

    private static Workload read(List<Path> files, String database) throws CommandFailure {
        try {
            return Workload.read(files, database);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitStatus.CONFIGURATION,
                    files.stream().map(Path::toString).collect(Collectors.joining(", "))
                            + ": it cannot be read, or is no audit log of the proxy");
        }
    }

    private static void print(Differences differences, PrintWriter out) {
        for (Change change : differences.changes()) {
            out.println(Shown.oneLine(change.kind().label() + ": " + change.object() + ": " + change.sentence()));
        }
        WorkloadComparison compared = differences.workload();
        if (compared != null) {
            for (Changed changed : compared.changes()) {
                out.println(Shown.oneLine("statement: " + changed.statement().text()));
                out.println("    "
                        + Shown.oneLine(changed.after() + ", was " + changed.before() + ", for role "
                                + changed.statement().role() + ", recorded "
                                + changed.statement().count() + " times"));
            }
            out.println("statements: " + compared.compared() + ", decided otherwise: "
                    + compared.changes().size() + ", not to be compared: " + compared.others());
        }
        out.println("differences: " + differences.changes().size());
    }

    private static Map<String, Object> document(Differences differences) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "changes",
                differences.changes().stream().map(DiffCommand::member).toList());
        WorkloadComparison compared = differences.workload();
        if (compared != null) {
            Map<String, Object> statements = new LinkedHashMap<>();
            statements.put("compared", compared.compared());
            statements.put("others", compared.others());
            statements.put(
                    "changes",
                    compared.changes().stream().map(DiffCommand::member).toList());
            document.put("workload", statements);
        }
        return document;
    }

    private static Map<String, Object> member(Change change) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("kind", change.kind().label());
        member.put("object", change.object());
        member.put("roles", change.roles());
        member.put("before", change.before());
        member.put("after", change.after());
        member.put("exposes", change.exposes());
        return member;
    }

    private static Map<String, Object> member(Changed changed) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("fingerprint", changed.statement().fingerprint());
        member.put("statement", changed.statement().text());
        member.put("role", changed.statement().role());
        member.put("count", changed.statement().count());
        member.put("before", changed.before());
        member.put("after", changed.after());
        return member;
    }
}
