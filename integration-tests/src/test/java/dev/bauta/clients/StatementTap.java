package dev.bauta.clients;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A relay in front of a server that keeps the text of each Query and Parse message: what a client says, whatever it logs. It
 * answers no to requests for encryption. Thread-safe.
 */
final class StatementTap implements AutoCloseable {
    private static final int ENCRYPTION_REQUESTS = 80877103;
    private static final int CANCEL_REQUEST = 80877102;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final String serverHost;
    private final int serverPort;
    private final Set<String> statements = new LinkedHashSet<>();

    StatementTap(String serverHost, int serverPort) throws IOException {
        this.serverHost = serverHost;
        this.serverPort = serverPort;
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The texts without repetitions, in the order in which they came first. */
    synchronized List<String> statements() {
        return List.copyOf(statements);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** Moves bytes until one side closes. */
    private interface Transfer {
        void run() throws IOException;
    }

    private static void start(Transfer transfer) {
        Thread thread = new Thread(() -> {
            try {
                transfer.run();
            } catch (SocketException | EOFException e) {
                // One side has closed, which ends the transfer.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket(serverHost, serverPort);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            start(() -> {
                try (client;
                        server) {
                    relay(client, server);
                }
            });
        }
    }

    private void relay(Socket client, Socket server) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(server.getOutputStream());
        if (login(in, client.getOutputStream(), out)) {
            start(() -> copy(server.getInputStream(), client));
            while (true) {
                message(in, out);
            }
        }
    }

    private static void copy(InputStream from, Socket to) throws IOException {
        try (to) {
            from.transferTo(to.getOutputStream());
        }
    }

    /** Passes the first message on. */
    private static boolean login(DataInputStream in, OutputStream client, DataOutputStream server) throws IOException {
        while (true) {
            byte[] body = in.readNBytes(in.readInt() - 4);
            int code = java.nio.ByteBuffer.wrap(body).getInt();
            if (code == ENCRYPTION_REQUESTS || code == ENCRYPTION_REQUESTS + 1) {
                client.write('N');
                client.flush();
            } else {
                server.writeInt(body.length + 4);
                server.write(body);
                return code != CANCEL_REQUEST;
            }
        }
    }

    private void message(DataInputStream in, DataOutputStream out) throws IOException {
        int type = in.readUnsignedByte();
        byte[] body = in.readNBytes(in.readInt() - 4);
        if (type == 'Q') {
            keep(body, 0);
        } else if (type == 'P') {
            keep(body, end(body, 0) + 1);
        }
        out.writeByte(type);
        out.writeInt(body.length + 4);
        out.write(body);
    }

    private synchronized void keep(byte[] body, int from) {
        String text = new String(body, from, end(body, from) - from, StandardCharsets.UTF_8);
        if (!text.isBlank()) {
            statements.add(text);
        }
    }

    private static int end(byte[] body, int from) {
        int end = from;
        while (body[end] != 0) {
            end++;
        }
        return end;
    }
}
