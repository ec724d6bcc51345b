package dev.bauta.proxy.command;

import dev.bauta.engine.StatementFacts.ProtectedColumn;
import dev.bauta.proxy.explain.Explainer;
import dev.bauta.proxy.explain.Explanation;
import dev.bauta.proxy.explain.Explanation.Outcome;
import dev.bauta.proxy.explain.Explanation.OutputColumn;
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

    @Parameters(paramLabel = "SQL", description = "The statement.")
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
        try (Connection opened = connection.open(System.getenv())) {
            Explainer explainer = Explainer.of(opened, read);
            String user = asUser == null ? "nobody" : asUser;
            return explainer.explain(sql, roleName(explainer, user), user);
        } catch (SQLException e) {
            if (e.getSQLState() != null && e.getSQLState().startsWith("42")) {
                throw new CommandFailure(
                        ExitStatus.NOT_FOUND,
                        "PostgreSQL does not accept the statement: " + Failures.firstLine(e.getMessage()));
            }
            throw Failures.unreadable(e);
        }
    }

    private String roleName(Explainer explainer, String user) throws CommandFailure {
        if (role == null) {
            return asUser == null ? "default" : explainer.roleOf(user);
        }
        return Failures.requireRole(role, explainer.policies()).name();
    }

    private static void print(Explanation explanation, PrintWriter out) {
        out.println("role      " + explanation.role().name());
        out.println("decision  " + sentence(explanation.outcome()));
        Refusal refusal = explanation.refusal();
        if (refusal != null) {
            printRefusal(explanation, refusal, out);
        }
        if (!explanation.protectedColumns().isEmpty()) {
            out.println("protected columns within reach");
            for (ProtectedColumn column : explanation.protectedColumns()) {
                out.println("  " + column.relation() + "." + column.column() + "  mask " + column.mask() + "  by "
                        + column.rule());
            }
        }
        if (!explanation.output().isEmpty()) {
            out.println("result");
            explanation.output().forEach(column -> out.println("  " + line(column)));
        }
        String rewritten = explanation.rewritten();
        if (explanation.outcome() == Outcome.REWRITE && rewritten != null) {
            out.println("rewritten");
            TextDiff.of(explanation.text(), rewritten).forEach(line -> out.println("  " + line));
        }
    }

    private static String sentence(Outcome outcome) {
        return switch (outcome) {
            case RAW -> "raw: the role sees everything, no statement is looked at";
            case PASS -> "pass: it names nothing protected and reaches PostgreSQL byte for byte";
            case REWRITE -> "rewrite: PostgreSQL receives it with masks in place of protected columns";
            case REFUSE -> "refuse: it does not reach PostgreSQL";
        };
    }

    private static void printRefusal(Explanation explanation, Refusal refusal, PrintWriter out) {
        out.println("reason    " + refusal.message() + " (SQLSTATE "
                + refusal.code().sqlState() + ")");
        out.println("allowed   " + refusal.hint());
        Explainer.place(explanation.text(), refusal).ifPresent(place -> {
            String line =
                    explanation.text().lines().skip(place[0] - 1L).findFirst().orElse("");
            out.println("place     line " + place[0] + ", column " + place[1]);
            out.println("  " + line);
            out.println("  " + " ".repeat(place[1] - 1) + "^");
        });
    }

    private static String line(OutputColumn column) {
        String origin = column.origin() == null ? "computed, from what the statement sees" : "from " + column.origin();
        String mask = column.mask() == null ? "" : ", mask " + column.mask() + " by " + column.rule();
        return column.name() + "  " + column.type() + "  " + origin + mask;
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
            Explainer.place(explanation.text(), refusal)
                    .ifPresent(place ->
                            document.put("place", new TreeMap<>(Map.of("line", place[0], "column", place[1]))));
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

    private static Map<String, Object> member(OutputColumn column) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("name", column.name());
        member.put("type", column.type());
        for (String[] fact :
                List.of(new String[] {"origin", column.origin()}, new String[] {"mask", column.mask()}, new String[] {
                    "rule", column.rule()
                })) {
            if (fact[1] != null) {
                member.put(fact[0], fact[1]);
            }
        }
        return member;
    }
}
