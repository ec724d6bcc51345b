package dev.bauta.proxy.command;

import dev.bauta.proxy.audit.AuditVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bauta audit}. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        versionProvider = BautaCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Works on audit logs, see docs/audit.md.",
        subcommands = AuditCommand.Verify.class)
final class AuditCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitStatus.USAGE.code();
    }

    /** {@code bauta audit verify}. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            versionProvider = BautaCommand.Version.class,
            description = "Checks that no record of an audit log was changed or taken out.")
    static final class Verify implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", arity = "1..*", description = "The log's files, in any order.")
        private List<Path> files = new ArrayList<>();

        @Option(
                names = "--key-file",
                paramLabel = "FILE",
                description = "A file whose first line is the key, where the log is written with one (audit.key).")
        private @Nullable Path keyFile;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws CommandFailure {
            try {
                return report(new AuditVerifier(key()).verify(files));
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitStatus.CONFIGURATION, "cannot read " + e.getMessage() + "; check the name and permissions");
            }
        }

        private @Nullable String key() throws IOException, CommandFailure {
            if (keyFile == null) {
                return null;
            }
            String key = Files.readString(keyFile).lines().findFirst().orElse("");
            if (key.isEmpty()) {
                throw new CommandFailure(
                        ExitStatus.CONFIGURATION, keyFile + " holds no key; it must stand in the first line");
            }
            return key;
        }

        private Integer report(AuditVerifier.Finding finding) throws CommandFailure {
            if (finding.problem() != null) {
                throw new CommandFailure(ExitStatus.FAILED, finding.problem());
            }
            if (finding.last() == 0) {
                spec.commandLine().getOut().println("there are no records");
                return ExitStatus.OK.code();
            }
            spec.commandLine()
                    .getOut()
                    .printf(
                            "records %d to %d are as they were written; the last hash is %s%n",
                            finding.first(), finding.last(), finding.lastHash());
            return ExitStatus.OK.code();
        }
    }
}
