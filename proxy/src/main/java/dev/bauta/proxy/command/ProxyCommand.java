package dev.bauta.proxy.command;

import dev.bauta.proxy.serving.ConfigSource;
import dev.bauta.proxy.serving.ProxyConfig;
import dev.bauta.proxy.serving.RunningProxy;
import io.netty.util.ResourceLeakDetector;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bauta proxy}. */
@Command(
        name = "proxy",
        mixinStandardHelpOptions = true,
        versionProvider = BautaCommand.Version.class,
        description = "Runs the proxy until Ctrl-C or SIGTERM.")
final class ProxyCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "The proxy's configuration, see docs/proxy.md.")
    private Path file = Path.of("bauta.yaml");

    @Option(
            names = "--check",
            description =
                    "Reads the configuration and the files that it names, lists their problems, and ends. Asks no server.")
    private boolean checked;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        withoutLeakDetection();
        withoutRenegotiation();
        ConfigSource source = () -> ProxyConfigFile.read(file, System.getenv());
        ProxyConfig config = ProxyConfigFile.load(file, System.getenv());
        if (checked) {
            return check(config);
        }
        try (RunningProxy proxy =
                Failures.explain(() -> RunningProxy.start(config, source), config.listen(), "'listen'")) {
            CountDownLatch told = new CountDownLatch(1);
            Signals.on("TERM", () -> onTermination(told));
            Signals.on("HUP", proxy::reload);
            spec.commandLine()
                    .getOut()
                    .printf("Bauta listens on %s for %s. Ctrl-C ends it.%n", config.listen(), config.servers());
            told.await();
            proxy.drain();
            return ExitStatus.OK.code();
        }
    }

    private int check(ProxyConfig config) throws Exception {
        Failures.explain(
                () -> {
                    RunningProxy.check(config);
                    return config;
                },
                config.listen(),
                "'listen'");
        spec.commandLine().getOut().printf("%s: no problems%n", file);
        return ExitStatus.OK.code();
    }

    /** Netty samples where buffers are allocated, for which it takes stack traces: a help to developers alone. */
    private static void withoutLeakDetection() {
        if (System.getProperty("io.netty.leakDetection.level") == null) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    /**
     * As PostgreSQL, the proxy lets no client begin a TLS handshake anew, which costs it more than the client. Java reads the property when
     * it first has to do with TLS ("Java Secure Socket Extension Reference Guide").
     */
    private static void withoutRenegotiation() {
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    /** The first signal lets transactions end, the next one does not. */
    private static void onTermination(CountDownLatch told) {
        boolean again = told.getCount() == 0;
        told.countDown();
        if (again) {
            System.exit(ExitStatus.OK.code());
        }
    }
}
