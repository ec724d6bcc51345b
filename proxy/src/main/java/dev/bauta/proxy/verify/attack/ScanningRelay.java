package dev.bauta.proxy.verify.attack;

import dev.bauta.proxy.postgres.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client and the proxy, and looks at every byte on its way to the client. Thread-safe. */
final class ScanningRelay implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket listener;
    private final Endpoint proxy;
    private final Scanner scanner;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong found = new AtomicLong();

    ScanningRelay(Endpoint proxy, Scanner scanner) throws IOException {
        this.proxy = proxy;
        this.scanner = scanner;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    Endpoint endpoint() {
        return new Endpoint(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
    }

    /** How many bytes have gone to clients. */
    long bytes() {
        return bytes.get();
    }

    /** Tells whether a canary has gone to a client since the last call. */
    boolean takeFound() {
        return found.getAndSet(0) > 0;
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, "verify-relay-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket client = listener.accept();
                Socket server = new Socket(proxy.host(), proxy.port());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                start("in", () -> forward(client, server));
                start("out", () -> scan(server, client));
            }
        } catch (IOException e) {
            // Closed, or the proxy is gone: clients find no connection, and the attacks fail.
            close();
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

    /** Looks at bytes before they go on, so that what a client has received has been looked at. */
    private void scan(Socket server, Socket client) {
        Scanner.Stream stream = scanner.newStream();
        byte[] buffer = new byte[BUFFER];
        try (client;
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                boolean before = stream.found();
                stream.add(buffer, length);
                bytes.addAndGet(length);
                found.addAndGet(stream.found() && !before ? 1 : 0);
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // One of the two has gone.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
