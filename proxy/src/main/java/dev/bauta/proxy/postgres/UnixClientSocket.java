package dev.bauta.proxy.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a Unix-domain socket in the form of Java's older sockets, which have none, with what PostgreSQL JDBC asks of them. One
 * thread may read while another writes; closing ends both.
 */
final class UnixClientSocket extends Socket {
    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;
    private final InputStream in = new In();
    private final OutputStream out = new Out();
    private volatile int timeoutMillis;
    private volatile boolean connected;

    /** @param file what {@link #connect} leads to */
    UnixClientSocket(Path file) throws IOException {
        super((SocketImpl) null);
        this.file = file;
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        readable = Selector.open();
        writable = Selector.open();
    }

    @Override
    public void connect(SocketAddress ignored) throws IOException {
        connect(ignored, 0);
    }

    /** The server's process takes a connection at once, or its kernel refuses it. */
    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
        channel.connect(UnixDomainSocketAddress.of(file));
        channel.configureBlocking(false);
        channel.register(readable, SelectionKey.OP_READ);
        channel.register(writable, SelectionKey.OP_WRITE);
        connected = true;
    }

    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer target = ByteBuffer.wrap(bytes, offset, length);
            int read = channel.read(target);
            long end = timeoutMillis == 0
                    ? 0
                    : System.nanoTime() + Duration.ofMillis(timeoutMillis).toNanos();
            while (read == 0 && length > 0) {
                await(readable, end);
                read = channel.read(target);
            }
            return read;
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
            while (source.hasRemaining()) {
                if (channel.write(source) == 0) {
                    await(writable, 0);
                }
            }
        }
    }

    /** @param end when to give up, by {@link System#nanoTime}; 0 for never */
    private static void await(Selector ready, long end) throws IOException {
        long left = end == 0
                ? 0
                : Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis());
        try {
            if (ready.select(left) == 0 && end != 0 && System.nanoTime() - end >= 0) {
                throw new SocketTimeoutException("the server does not answer");
            }
            ready.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            SocketException closed = new SocketException("Socket closed");
            closed.initCause(e);
            throw closed;
        }
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public synchronized void setSoTimeout(int millis) {
        timeoutMillis = millis;
    }

    @Override
    public synchronized int getSoTimeout() {
        return timeoutMillis;
    }

    @Override
    public int getSendBufferSize() {
        return BUFFER;
    }

    @Override
    public int getReceiveBufferSize() {
        return BUFFER;
    }

    /** There is nothing to delay. */
    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public boolean getTcpNoDelay() {
        return true;
    }

    /** The kernel knows when the other side is gone. */
    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return connected ? UnixDomainSocketAddress.of(file) : null;
    }

    /** Wakes whoever waits. */
    @Override
    public synchronized void close() throws IOException {
        try (channel;
                readable) {
            writable.close();
        }
    }

    @Override
    public String toString() {
        return "UnixClientSocket[" + file + "]";
    }
}
