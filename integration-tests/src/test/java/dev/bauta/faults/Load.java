package dev.bauta.faults;

import static dev.bauta.faults.ProxyProcess.CANARY;
import static dev.bauta.faults.ProxyProcess.MASKED_USER;
import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.closeStatement;
import static dev.bauta.proxy.testing.Frontend.copyData;
import static dev.bauta.proxy.testing.Frontend.copyDone;
import static dev.bauta.proxy.testing.Frontend.describePortal;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Masked clients that do all kinds of things until they are stopped, and fail at the first byte of a raw value or missing answer. */
final class Load implements AutoCloseable {
    /** A result that is prepared under other rules; the client is told to prepare anew. */
    private static final String OUTDATED = "0A000";

    /** What each client waits after an answer, in milliseconds. */
    private static final int PAUSE = Integer.getInteger("bauta.faults.pause", 0);

    private final ProxyProcess proxy;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> clients = new ArrayList<>();
    private final AtomicLong statements = new AtomicLong();
    private volatile boolean stopped;

    private Load(ProxyProcess proxy) {
        this.proxy = proxy;
    }

    static Load start(ProxyProcess proxy, int number) {
        Load load = new Load(proxy);
        for (int i = 0; i < number; i++) {
            load.clients.add(load.threads.submit(() -> {
                load.work();
                return null;
            }));
        }
        return load;
    }

    private void work() throws IOException, InterruptedException {
        while (!stopped) {
            try (TestClient client = proxy.login(MASKED_USER)) {
                for (int i = 0; i < 100 && !stopped; i++) {
                    ask(client, i);
                    TimeUnit.MILLISECONDS.sleep(PAUSE);
                }
            }
        }
    }

    private void ask(TestClient client, int turn) throws IOException {
        switch (turn % 10) {
            case 0 -> client.send(query("SELECT id, email, note FROM customer"));
            case 1 -> client.send(parse("s", "SELECT email FROM customer WHERE id = $1"), sync());
            case 2, 3 -> client.send(bind("", "s", "7"), describePortal(""), execute("", 0), sync());
            case 4 -> client.send(closeStatement("s"), sync());
            case 5 -> client.send(query("UPDATE customer SET email = 'x'"));
            case 6 -> client.send(query("COPY (SELECT * FROM customer) TO STDOUT"));
            case 7 ->
                client.send(query("BEGIN; DECLARE c CURSOR FOR SELECT email FROM customer; FETCH 5 FROM c; ROLLBACK"));
            case 8 -> {
                client.send(query("CREATE TEMP TABLE IF NOT EXISTS mine (a int, b text)"));
                check(client.readUntil('Z'));
                client.send(query("COPY mine FROM STDIN"));
                check(client.readUntil('G'));
                client.send(copyData("1\tone\n"), copyDone());
            }
            default ->
                client.send(query("SELECT count(*), min(email) FROM customer WHERE note LIKE 'n%" + statements + "'"));
        }
        check(client.readUntil('Z'));
        statements.incrementAndGet();
    }

    private static void check(List<BackendMessage> answer) {
        for (BackendMessage message : answer) {
            if (message.body().contains(CANARY)) {
                throw new AssertionError("a raw value: " + message);
            }
            if (message.type() == 'E'
                            && !List.of(OUTDATED, "42501")
                                    .contains(message.fields().get('C'))
                    || message.equals(BackendMessage.END)) {
                throw new AssertionError("unexpected: " + message);
            }
        }
    }

    /** How many statements have been answered. */
    long statements() {
        return statements.get();
    }

    /** Ends all, and fails with the first that has failed. */
    void stop() throws InterruptedException, ExecutionException {
        stopped = true;
        for (Future<?> client : clients) {
            client.get();
        }
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }
}
