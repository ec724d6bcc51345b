package dev.bauta.proxy.command;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/**
 * The operating system's signals. By reflection, since the compiler warns of each use of {@code sun.misc}, and warnings are errors.
 */
final class Signals {
    private Signals() {}

    /**
     * Has something done at each signal, on a thread of its own, in place of what was done before.
     *
     * @param name without {@code SIG}; a signal that the system does not have keeps its meaning
     */
    static void on(String name, Runnable action) {
        InvocationHandler onSignal = (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
                new Thread(action, "signal-" + name).start();
                return null;
            }
            return method.invoke(action, arguments);
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, onSignal);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            LoggerFactory.getLogger(Signals.class)
                    .atDebug()
                    .addKeyValue("signal", name)
                    .log("the signal keeps its meaning");
        }
    }
}
