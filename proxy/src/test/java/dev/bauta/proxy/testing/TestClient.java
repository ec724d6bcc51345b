package dev.bauta.proxy.testing;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A client of the PostgreSQL protocol on a plain socket: what a test sends goes out as it is, and what comes in is kept whole.
 * It waits at most 20 seconds for anything. Not thread-safe.
 */
public final class TestClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private Socket socket;
    private DataInputStream in;

    private TestClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    }

    /** Connects and sends nothing. */
    public static TestClient connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(address, TIMEOUT_MILLIS);
        return new TestClient(socket);
    }

    /** Connects and logs in as a user who needs no password. */
    public static TestClient login(InetSocketAddress address, String user, String database) throws IOException {
        TestClient client = connect(address);
        client.send(Frontend.startup(user, database));
        client.readUntil('Z');
        return client;
    }

    /** Goes on inside TLS; returns when both sides have agreed on keys. */
    public TestClient startTls(SSLContext context, String... applicationProtocols) throws IOException {
        SSLSocket inside =
                (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        SSLParameters parameters = inside.getSSLParameters();
        parameters.setApplicationProtocols(applicationProtocols);
        inside.setSSLParameters(parameters);
        inside.startHandshake();
        socket = inside;
        in = new DataInputStream(new java.io.BufferedInputStream(inside.getInputStream()));
        return this;
    }

    /** Takes its leave of the other side, which can still send. */
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Sends bytes at once. */
    public TestClient send(byte[]... messages) throws IOException {
        socket.getOutputStream().write(Frontend.all(messages));
        return this;
    }

    /** Sends messages with a Sync behind them, and reads up to where the server is ready again. */
    public List<BackendMessage> answer(byte[]... messages) throws IOException {
        send(messages).send(Frontend.sync());
        return readUntil('Z');
    }

    /** Sends bytes that the other side may not take any more. */
    public void trySend(byte[]... messages) {
        try {
            send(messages);
        } catch (IOException e) {
            // The other side has closed already, which is what the test wants to see.
        }
    }

    /** True when something has come that has not been read, the end of the connection aside. */
    public boolean isAnswered() throws IOException {
        return in.available() > 0;
    }

    /** The next byte, for the answers that have no message form; -1 at the end. */
    public int readByte() throws IOException {
        return in.read();
    }

    /** The next message, or {@link BackendMessage#END}. */
    public BackendMessage read() throws IOException {
        try {
            int type = in.readUnsignedByte();
            byte[] body = new byte[in.readInt() - 4];
            in.readFully(body);
            return BackendMessage.of(type, body);
        } catch (EOFException | SocketException e) {
            return BackendMessage.END;
        }
    }

    /** All messages up to the first of that type, it included, or up to the end. */
    public List<BackendMessage> readUntil(char type) throws IOException {
        return readUntil(message -> message.type() == type);
    }

    /** All messages up to the first such one, it included, or up to the end. */
    public List<BackendMessage> readUntil(Predicate<BackendMessage> last) throws IOException {
        List<BackendMessage> messages = new ArrayList<>();
        BackendMessage message;
        do {
            message = read();
            messages.add(message);
        } while (!last.test(message) && !message.equals(BackendMessage.END));
        return messages;
    }

    /** Sends one simple query and reads all that it brings. */
    public List<BackendMessage> query(String text) throws IOException {
        return send(Frontend.query(text)).readUntil('Z');
    }

    /** Resets the connection, as a killed client's kernel does. */
    public void kill() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
