package dev.bauta.proxy.command;

import dev.bauta.text.Shown;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The {@code bauta} command. What it prints for people goes to standard output, errors and logs go to standard error. */
@Command(
        name = "bauta",
        description = "Puts a mask on a PostgreSQL database.",
        subcommands = {
            DemoCommand.class,
            ProxyCommand.class,
            CheckRulesCommand.class,
            CheckCommand.class,
            DiffCommand.class,
            DiscoverCommand.class,
            ExplainCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            VerifyCommand.class,
            AuditCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = BautaCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all went well, or SIGTERM ended the proxy",
            "1:something raw came through in demo --once, a check of verify failed, an audit log was changed, or a defect",
            "2:the command line is not understood",
            "3:Java, Maven or the build is missing or fails",
            "4:the configuration or the rule file has problems, or check found errors",
            "5:the PostgreSQL server cannot be reached or refuses the catalog user",
            "6:the address to listen on cannot be used",
            "7:the file to write exists already, or cannot be written",
            "8:what the command line names is not in the database",
            "9:done as far as it goes; what waits for a person is listed",
            "130:Ctrl-C"
        })
public final class BautaCommand {
    BautaCommand() {}

    /** The entry point of the launcher. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(OrderlyExit.run(() -> run(out, err, arguments)));
    }

    /** Runs a command line. @return the exit status */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine command = new CommandLine(new BautaCommand())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((e, line, parsed) -> report(e, err))
                .setParameterExceptionHandler((e, given) -> report(e, err));
        command.getSubcommands().values().forEach(subcommand -> subcommand.setUsageHelpAutoWidth(true));
        if (arguments.length == 0) {
            command.usage(out);
            return ExitStatus.USAGE.code();
        }
        return command.execute(arguments);
    }

    private static int report(ParameterException e, PrintWriter err) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println("bauta: " + Failures.firstLine(e.getMessage()) + " (see '" + command + " --help')");
        return ExitStatus.USAGE.code();
    }

    private static int report(Exception e, PrintWriter err) {
        if (e instanceof CommandFailure failure) {
            failure.lines().forEach(line -> err.println("bauta: " + Shown.oneLine(line)));
            return failure.status().code();
        }
        if (e instanceof InterruptedException) {
            return ExitStatus.INTERRUPTED.code();
        }
        err.println("bauta: unexpected " + e.getClass().getName() + place(e));
        return ExitStatus.FAILED.code();
    }

    /** Where it was thrown, which says as much as its message, in which a value could stand. */
    private static String place(Exception e) {
        return e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
    }

    /** The version, from the jar file's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = BautaCommand.class.getPackage().getImplementationVersion();
            return new String[] {"bauta " + (version == null ? "(not packaged)" : version)};
        }
    }
}
