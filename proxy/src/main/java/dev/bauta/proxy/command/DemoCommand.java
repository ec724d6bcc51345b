package dev.bauta.proxy.command;

import dev.bauta.proxy.demo.Demo;
import dev.bauta.proxy.postgres.Endpoint;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bauta demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = BautaCommand.Version.class,
        description = {
            "Starts a throw-away PostgreSQL server with invented people in it, and the proxy in front of it.",
            "Shows raw and masked rows side by side, then serves until Ctrl-C."
        })
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--once",
            description =
                    "Also sends hostile statements and shows their answers, then ends. The exit status is 0 only if "
                            + "nothing raw came through.")
    private boolean once;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "6432",
            description = "The proxy's port on 127.0.0.1. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (port < 1 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be from 1 to 65535");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Demo demo = Failures.explain(() -> Demo.start(port, out), new Endpoint("127.0.0.1", port), "--port")) {
            demo.showMasks();
            if (once) {
                return demo.attack() ? ExitStatus.OK.code() : ExitStatus.FAILED.code();
            }
            demo.showHowToConnect();
            Thread.sleep(Long.MAX_VALUE);
            return ExitStatus.OK.code();
        }
    }
}
