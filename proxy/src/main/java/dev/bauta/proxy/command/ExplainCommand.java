package dev.bauta.proxy.command;

import dev.bauta.engine.ExplanationText;
import dev.bauta.engine.ExplanationText.Place;
import dev.bauta.engine.Outcome;
import dev.bauta.engine.ResultColumn;
import dev.bauta.engine.ResultColumn.Source;
import dev.bauta.proxy.explain.Explainer;
import dev.bauta.proxy.explain.Explanation;
import dev.bauta.proxy.explain.TextDiff;
import dev.bauta.refusal.Refusal;
import dev.bauta.rulefile.RuleSet;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bauta explain}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = BautaCommand.Version.class,
        description = {
            "Says what becomes of a statement for a role, and why: the decision, the rewritten text, where each column of the "
                    + "result comes from, its mask and the rule behind it, and of a refused statement what would be allowed.",
            "Nothing is run."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bauta explain --config bauta.yaml --as analyst \"SELECT email FROM customers\"",
            "  bauta explain --database shop --rules rules.yaml --as-user bi_anna \"COPY customers TO STDOUT\" --format json"
        })
final class ExplainCommand implements Callable<Integer> {
    /** Classes of errors that are not the statement's: connections, resources, the server's state, and the driver's own. */
    private static final Set<String> ELSEWHERE = Set.of("08", "53", "55", "57", "58", "99", "XX");

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private RulesOption rules = new RulesOption();

    @Option(
            names = "--as",
            paramLabel = "ROLE",
            description = "A role of the rule file. Default: default, the role of those whom no role matches.")
    private @Nullable String role;

    @Option(names = "--as-user", paramLabel = "USER", description = "The role of this database user.")
    private @Nullable String asUser;

    @Mixin
    private FormatOption format = new FormatOption();

    @Parameters(paramLabel = "SQL", description = "The statement, with $1, $2 and so on for parameters.")
    private String sql = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandFailure {
        if (role != null && asUser != null) {
            throw new ParameterException(spec.commandLine(), "--as and --as-user exclude each other");
        }
        RuleSet read = rules.load(connection, System.getenv());
        Explanation explanation = explain(read);
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            out.println(Json.of(document(explanation)));
        } else {
            print(explanation, out);
        }
        out.flush();
        return ExitStatus.OK.code();
    }

    private Explanation explain(RuleSet read) throws CommandFailure {
        try (Connection opened = connection.openInOwnPath(System.getenv())) {
            Explainer explainer = Explainer.of(opened, read);
            String user = asUser == null ? "nobody" : asUser;
            return explainer.explain(sql, roleName(explainer, user), user);
        } catch (SQLException e) {
            String state = e.getSQLState();
            if (state == null || ELSEWHERE.contains(state.substring(0, Math.min(2, state.length())))) {
                throw Failures.unreadable(e);
            } else if (state.startsWith("42")) {
                throw unacceptable(Failures.firstLine(e.getMessage()));
            } else {
                // Its words can hold a constant of the statement's.
                throw unacceptable("SQLSTATE " + state);
            }
        }
    }

    private static CommandFailure unacceptable(String reason) {
        return new CommandFailure(ExitStatus.NOT_FOUND, "PostgreSQL does not accept the statement: " + reason);
    }

    private String roleName(Explainer explainer, String user) throws CommandFailure {
        if (role == null) {
            return asUser == null ? "default" : explainer.roleOf(user);
        }
        return Failures.requireRole(role, explainer.policies()).name();
    }

    private static void print(Explanation explanation, PrintWriter out) {
        out.println(ExplanationText.role(explanation.role().name()));
        out.println(ExplanationText.decision(explanation.outcome(), explanation.masks()));
        Refusal refusal = explanation.refusal();
        if (refusal != null) {
            ExplanationText.refusal(refusal, explanation.text()).forEach(out::println);
        }
        ExplanationText.protectedColumns(explanation.protectedColumns()).forEach(out::println);
        ExplanationText.result(explanation.output()).forEach(out::println);
        String rewritten = explanation.rewritten();
        if (explanation.outcome() == Outcome.REWRITE && rewritten != null) {
            out.println("rewritten");
            TextDiff.of(explanation.text(), rewritten).forEach(line -> out.println("  " + line));
        }
    }

    private static Map<String, Object> document(Explanation explanation) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("role", explanation.role().name());
        document.put("decision", explanation.outcome().name().toLowerCase(Locale.ROOT));
        Refusal refusal = explanation.refusal();
        if (refusal != null) {
            document.put("reason", refusal.message());
            document.put("allowed", refusal.hint());
            document.put("sqlstate", refusal.code().sqlState());
            Place.of(explanation.text(), refusal)
                    .ifPresent(place -> document.put(
                            "place", new TreeMap<>(Map.of("line", place.line(), "column", place.column()))));
        }
        document.put(
                "protected",
                explanation.protectedColumns().stream()
                        .map(column -> new TreeMap<>(Map.of(
                                "column",
                                column.relation() + "." + column.column(),
                                "mask",
                                column.mask(),
                                "rule",
                                column.rule())))
                        .toList());
        document.put(
                "result",
                explanation.output().stream().map(ExplainCommand::member).toList());
        if (explanation.rewritten() != null) {
            document.put("rewritten", explanation.rewritten());
        }
        return document;
    }

    private static Map<String, Object> member(ResultColumn column) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("name", column.name());
        if (column.type() != null) {
            member.put("type", column.type());
        }
        List<Source> sources = column.sources();
        if (sources != null && column.copied()) {
            member.putAll(member("origin", sources.get(0)));
        } else if (sources != null) {
            member.put(
                    "computed-from",
                    sources.stream().map(source -> member("column", source)).toList());
        }
        return member;
    }

    private static Map<String, Object> member(String name, Source source) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put(name, source.column());
        if (source.mask() != null && source.rule() != null) {
            member.put("mask", source.mask());
            member.put("rule", source.rule());
        }
        return member;
    }
}
