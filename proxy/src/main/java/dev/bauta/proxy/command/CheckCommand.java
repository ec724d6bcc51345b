package dev.bauta.proxy.command;

import dev.bauta.proxy.draft.DraftRule;
import dev.bauta.proxy.draft.RuleDraft;
import dev.bauta.proxy.review.Finding;
import dev.bauta.proxy.review.Review;
import dev.bauta.proxy.review.Severity;
import dev.bauta.proxy.review.Survey;
import dev.bauta.rulefile.RuleSet;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bauta check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = BautaCommand.Version.class,
        description = {
            "Holds a rule file against a live schema: names that nothing has, masks that do not fit, views, foreign keys and "
                    + "functions through which protected values could come out, columns that are in no rule.",
            "Reads no table."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bauta check --config bauta.yaml",
            "  bauta check --database shop --rules rules.yaml --output more-rules.yaml",
            "  bauta check --config bauta.yaml --baseline shop.json --save",
            "  bauta check --config bauta.yaml --strict --format json"
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private RulesOption rules = new RulesOption();

    @Mixin
    private OutputFile output = new OutputFile();

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description =
                    "Also tell what has changed since this file was saved: tables, columns, and what roles see of them.")
    private @Nullable Path baseline;

    @Option(
            names = "--save",
            description = "Save what is so now in the file that --baseline names, in place of what it holds.")
    private boolean save;

    @Option(names = "--strict", description = "End with status 9 where there are warnings and no errors.")
    private boolean strict;

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandFailure {
        if (save && baseline == null) {
            throw new ParameterException(spec.commandLine(), "--save needs --baseline");
        }
        output.requireFree();
        RuleSet read = rules.load(connection, System.getenv());
        Review review = review(read, baseline());
        String patch = patch(review.patch());
        output.write(patch);
        save(review.survey());
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            out.println(Json.of(document(review, patch)));
        } else {
            print(review, patch, out);
        }
        out.flush();
        return status(review).code();
    }

    /** Null where none is asked for, and where there is none yet and it is to be saved. */
    private @Nullable Survey baseline() throws CommandFailure {
        if (baseline == null || save && !Files.exists(baseline)) {
            return null;
        }
        return SurveyFile.read(baseline);
    }

    private void save(Survey survey) throws CommandFailure {
        if (save && baseline != null) {
            SurveyFile.write(baseline, survey);
        }
    }

    private Review review(RuleSet read, @Nullable Survey earlier) throws CommandFailure {
        ProgressLines progress = new ProgressLines(spec.commandLine().getErr(), Clock.systemUTC());
        try (Connection opened = connection.open(System.getenv())) {
            return Review.of(read, opened, Clock.systemUTC().instant(), earlier, progress::at);
        } catch (SQLException e) {
            throw Failures.unreadable(e);
        }
    }

    private ExitStatus status(Review review) {
        if (count(review, Severity.ERROR) > 0) {
            return ExitStatus.CONFIGURATION;
        }
        return strict && count(review, Severity.WARNING) > 0 ? ExitStatus.REVIEW : ExitStatus.OK;
    }

    private static long count(Review review, Severity severity) {
        return review.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static String patch(List<DraftRule> rules) {
        return new RuleDraft(
                        List.of(
                                "Drafted by bauta check, for columns that are in no rule. Look through it, and name this file under",
                                "'include' in the rule file."),
                        rules)
                .includedText();
    }

    private void print(Review review, String patch, PrintWriter out) {
        for (Finding finding : review.findings()) {
            out.println(finding.where() + ": " + finding.severity().label() + ": " + finding.message());
            out.println("    " + finding.advice());
        }
        if (output.isGiven()) {
            out.println("Rules for what seems to hold personal data are drafted in " + output + ".");
        } else if (!review.patch().isEmpty()) {
            out.println();
            out.print(patch);
            out.println();
        }
        out.println("errors: " + count(review, Severity.ERROR) + ", warnings: " + count(review, Severity.WARNING)
                + ", notes: " + count(review, Severity.NOTE));
    }

    private static Map<String, Object> document(Review review, String patch) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("errors", count(review, Severity.ERROR));
        document.put("warnings", count(review, Severity.WARNING));
        document.put("notes", count(review, Severity.NOTE));
        document.put(
                "findings", review.findings().stream().map(CheckCommand::member).toList());
        document.put("patch", review.patch().isEmpty() ? "" : patch);
        return document;
    }

    private static Map<String, Object> member(Finding finding) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("severity", finding.severity().label());
        member.put("kind", finding.kind().label());
        member.put("where", finding.where());
        member.put("message", finding.message());
        member.put("advice", finding.advice());
        return member;
    }
}
