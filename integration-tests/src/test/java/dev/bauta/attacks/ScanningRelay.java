package dev.bauta.attacks;

import dev.bauta.proxy.testing.BackendMessage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and the proxy, looks for words in every message on its way to the client, and counts. The client must not
 * ask for TLS.
 */
final class ScanningRelay implements AutoCloseable {
    /** Internal errors, protocol violations, and ends of connections. */
    private static final Set<String> FAULTS = Set.of("XX000", "XX001", "XX002", "08P01", "08006", "57P01", "58000");

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final InetSocketAddress proxy;
    private final List<String> words;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<String> found = new CopyOnWriteArrayList<>();
    private final Map<String, Long> errors = new ConcurrentSkipListMap<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();

    /** @param words in lower case, one byte a character */
    ScanningRelay(InetSocketAddress proxy, List<String> words) throws IOException {
        this.proxy = proxy;
        this.words = List.copyOf(words);
        start("accept", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Where words were found. */
    List<String> found() {
        return List.copyOf(found);
    }

    /** Errors that say that something went wrong inside, with SQLSTATE and message. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** How many connections the proxy ended before the client did. */
    long broken() {
        return broken.get();
    }

    /** The counts as a Markdown list. */
    String summary() {
        return "* statements that were answered: %,d, with %,d rows; bytes looked at: %,d%n* errors by SQLSTATE: %s%n* words found: %d; connections that broke: %d%n* internal errors: %s%n"
                .formatted(answered.get(), rows.get(), bytes.get(), errors, found.size(), broken.get(), faults);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, "relay-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket client = listener.accept();
                Socket server = new Socket(proxy.getAddress(), proxy.getPort());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                start("in", () -> forward(client, server));
                start("out", () -> scan(server, client));
            }
        } catch (IOException e) {
            // Closed: the relay has done its work.
        }
    }

    private static void forward(Socket client, Socket server) {
        try (server;
                InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private void scan(Socket server, Socket client) {
        try (client;
                DataInputStream in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()))) {
            while (true) {
                int type = in.readUnsignedByte();
                int length = in.readInt();
                byte[] body = in.readNBytes(length - Integer.BYTES);
                examine((char) type, body);
                out.write(type);
                out.writeInt(length);
                out.write(body);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (EOFException e) {
            broken.addAndGet(client.isClosed() || server.isClosed() ? 0 : 1);
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private void examine(char type, byte[] body) {
        bytes.addAndGet(body.length);
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String folded = text.toLowerCase(Locale.ROOT);
        words.stream().filter(folded::contains).forEach(word -> found.add(word + " in " + type));
        switch (type) {
            case 'C' -> answered.incrementAndGet();
            case 'D' -> rows.incrementAndGet();
            case 'E' -> count(new BackendMessage(type, text).fields());
            default -> {}
        }
    }

    private void count(Map<Character, String> error) {
        String state = String.valueOf(error.get('C'));
        errors.merge(state, 1L, Long::sum);
        if (FAULTS.contains(state)) {
            faults.add(state + " " + error.get('M'));
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
