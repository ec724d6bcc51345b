package dev.bauta.proxy.command;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.engine.Engine;
import dev.bauta.policy.Role;
import dev.bauta.policy.RolePolicies;
import dev.bauta.proxy.export.MaskingViews;
import dev.bauta.proxy.export.MaskingViews.Script;
import dev.bauta.rulefile.Access;
import dev.bauta.rulefile.NamePattern;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.text.Shown;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bauta export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = BautaCommand.Version.class,
        synopsisSubcommandLabel = "WHAT",
        subcommands = ExportCommand.Views.class,
        description = "Writes what rules do in the words of another system.",
        footerHeading = "%nExamples:%n",
        footer = "  bauta export views --config bauta.yaml --rules rules.yaml --grant-to analyst --output views.sql")
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitStatus.USAGE.code();
    }

    /** {@code bauta export views}. */
    @Command(
            name = "views",
            mixinStandardHelpOptions = true,
            versionProvider = BautaCommand.Version.class,
            description = {
                "Writes an SQL script of masking views and grants, for those who cannot run the proxy.",
                "The views show what the proxy shows to a role of the rule file."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  bauta export views --config bauta.yaml --rules rules.yaml --grant-to analyst --output views.sql",
                "  bauta export views --database shop --rules rules.yaml --as support --into support --grant-to support"
            })
    static final class Views implements Callable<Integer> {
        @Mixin
        private ConnectionOptions connection = new ConnectionOptions();

        @Mixin
        private OutputFile output = new OutputFile();

        @Mixin
        private RulesOption rules = new RulesOption();

        @Option(
                names = "--as",
                paramLabel = "ROLE",
                defaultValue = "default",
                description =
                        "A masked role of the rule file. Default: ${DEFAULT-VALUE}, the role of those whom no role matches.")
        private String role = "default";

        @Option(
                names = "--schema",
                paramLabel = "PATTERN",
                description = "Only relations of these schemas; * stands for any run of characters. Can be repeated.")
        private List<String> schemas = List.of();

        @Option(
                names = "--into",
                paramLabel = "SCHEMA",
                defaultValue = "masked",
                description = "The schema for the views of public; those of another schema s go to SCHEMA_s. "
                        + "Default: ${DEFAULT-VALUE}.")
        private String into = "masked";

        @Option(
                names = "--grant-to",
                paramLabel = "ROLE",
                description = "A database role that may read the views, and nothing behind them. Can be repeated.")
        private List<String> readers = List.of();

        @Mixin
        private FormatOption format = new FormatOption();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws CommandFailure {
            output.requireFree();
            Script script = script(rules.load(connection, System.getenv()));
            output.write(script.sql());
            PrintWriter out = spec.commandLine().getOut();
            if (format.isJson()) {
                out.println(json(script));
            } else {
                report(script, output.isGiven() ? out : spec.commandLine().getErr());
                out.print(output.isGiven() ? "" : script.sql());
            }
            out.flush();
            return (script.skipped().isEmpty() ? ExitStatus.OK : ExitStatus.REVIEW).code();
        }

        private Script script(RuleSet loaded) throws CommandFailure {
            List<NamePattern> sources = schemas.stream().map(NamePattern::new).toList();
            try (Connection opened = connection.open(System.getenv())) {
                RolePolicies policies = Engine.load(loaded, opened).policies();
                CatalogSnapshot catalog = policies.catalog();
                for (NamePattern source : sources) {
                    Failures.requireSchema(source, catalog);
                }
                return MaskingViews.write(
                        policies.policyOf(maskedRole(policies)),
                        new MaskingViews.Options(into, sources, readers, MaskingViews.Existing.read(opened)));
            } catch (SQLException e) {
                throw Failures.unreadable(e);
            }
        }

        private Role maskedRole(RolePolicies policies) throws CommandFailure {
            Role found = Failures.requireRole(role, policies);
            if (found.access() != Access.MASKED) {
                throw new CommandFailure(
                        ExitStatus.USAGE,
                        "role '" + role + "' is " + found.access().name().toLowerCase(Locale.ROOT)
                                + ", so that there are no masking views for it; name a masked role");
            }
            return found;
        }

        private void report(Script script, PrintWriter to) {
            to.println(script.views() + " views" + (output.isGiven() ? ", written to " + output : ""));
            script.skipped()
                    .forEach(skipped ->
                            to.println("left out: " + Shown.oneLine(skipped.relation() + ": " + skipped.reason())));
            if (script.keyed()) {
                to.println("Keyed masks give NULL until the key is set: SELECT " + into + "_keys.set_master_key(…)");
            }
            to.flush();
        }

        private static String json(Script script) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("views", script.views());
            document.put("keyed", script.keyed());
            document.put(
                    "skipped",
                    script.skipped().stream()
                            .map(skipped -> {
                                Map<String, String> entry = new LinkedHashMap<>();
                                entry.put("relation", skipped.relation().toString());
                                entry.put("reason", skipped.reason());
                                return entry;
                            })
                            .toList());
            document.put("sql", script.sql());
            return Json.of(document);
        }
    }
}
