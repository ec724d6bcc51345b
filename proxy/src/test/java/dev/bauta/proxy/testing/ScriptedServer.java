package dev.bauta.proxy.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that says what the test tells it, also what PostgreSQL never would. Each connection runs the script on a thread of
 * its own, and is closed when the script ends.
 */
public final class ScriptedServer implements AutoCloseable {
    /** Runs against one connection. */
    public interface Script {
        /** What the server does. */
        void play(Peer peer) throws IOException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private ScriptedServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    /** Listens on a free port. */
    public static ScriptedServer start(Script script) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ScriptedServer server = new ScriptedServer(listener, script);
        startThread(server::acceptAll);
        return server;
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                startThread(() -> play(socket));
            }
        } catch (IOException e) {
            // Closed by the test.
        }
    }

    private void play(Socket socket) {
        try (socket) {
            script.play(new Peer(socket));
        } catch (IOException e) {
            // The proxy may close first.
        }
    }

    private static void startThread(Runnable task) {
        Thread thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** The other end of a connection. */
    public static final class Peer {
        private final DataInputStream in;
        private final OutputStream out;

        private Peer(Socket socket) throws IOException {
            this.in = new DataInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        /** Reads the startup message. */
        public byte[] readStartup() throws IOException {
            byte[] body = new byte[in.readInt() - 4];
            in.readFully(body);
            return body;
        }

        /** Reads a byte, which must come. */
        public int readByte() throws IOException {
            return in.readUnsignedByte();
        }

        /** Reads a message. */
        public BackendMessage read() throws IOException {
            int type = in.readUnsignedByte();
            byte[] body = new byte[in.readInt() - 4];
            in.readFully(body);
            return BackendMessage.of(type, body);
        }

        /** Reads everything until the proxy closes. */
        public void readToEnd() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }

        /** Sends bytes. */
        public Peer send(byte[]... messages) throws IOException {
            out.write(Frontend.all(messages));
            return this;
        }

        /** Lets a client in; a masked session's question for the search_path is answered if it comes. */
        public void login(boolean masked) throws IOException {
            readStartup();
            letIn(masked);
        }

        /** The same for one whose startup message was read. */
        public void letIn(boolean masked) throws IOException {
            send(
                    Frontend.message('R', new byte[4]),
                    Frontend.message('K', new byte[] {0, 0, 0, 1, 0, 0, 0, 2}),
                    Frontend.message('Z', new byte[] {'I'}));
            if (masked) {
                while (read().type() != 'S') {
                    // Up to the Sync.
                }
                byte[] row = {0, 1, 0, 0, 0, 6, 'p', 'u', 'b', 'l', 'i', 'c'};
                send(
                        Frontend.message('1', new byte[0]),
                        Frontend.message('2', new byte[0]),
                        Frontend.message('T', new byte[2]),
                        Frontend.message('D', row),
                        Frontend.message('C', new byte[] {'x', 0}),
                        Frontend.message('3', new byte[0]),
                        Frontend.message('Z', new byte[] {'I'}));
            }
        }
    }
}
