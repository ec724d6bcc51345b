package dev.bauta.proxy.command;

import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.yaml.InvalidFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bauta check-rules}. */
@Command(
        name = "check-rules",
        mixinStandardHelpOptions = true,
        versionProvider = BautaCommand.Version.class,
        description = "Reads a rule file and lists its problems, each with line and column.")
final class CheckRulesCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The rule file, see docs/rules.md.")
    private Path file = Path.of("rules.yaml");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandFailure {
        try {
            RuleSet rules = RuleFile.load(file);
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s: %d roles, %d column rules, no problems%n",
                            file, rules.roles().size(), rules.columns().size());
            return ExitStatus.OK.code();
        } catch (InvalidFileException e) {
            throw Failures.toFailure(e);
        }
    }
}
