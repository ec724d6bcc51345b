package dev.bauta.proxy.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.LoggerFactory;

/**
 * Lets a command close what it has opened when the process is told to end: Ctrl-C and SIGTERM interrupt the command's thread,
 * and the process ends when the command has returned, with status 130 or 0.
 */
final class OrderlyExit {
    /** How long a command may take to close everything. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private OrderlyExit() {}

    /** Runs a command on the calling thread. @return what the command returns */
    static int run(IntSupplier command) {
        CountDownLatch finished = new CountDownLatch(1);
        Thread runner = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(runner, finished), "shutdown"));
        // Else the Java virtual machine exits with 143, which service managers take for a failure.
        Signals.on("TERM", () -> System.exit(ExitStatus.OK.code()));
        try {
            return command.getAsInt();
        } finally {
            finished.countDown();
        }
    }

    private static void interrupt(Thread runner, CountDownLatch finished) {
        try {
            if (finished.getCount() > 0) {
                runner.interrupt();
            }
            if (!finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LoggerFactory.getLogger(OrderlyExit.class).atWarn().log("not everything was closed in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
