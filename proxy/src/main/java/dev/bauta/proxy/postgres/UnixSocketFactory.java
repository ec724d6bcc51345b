package dev.bauta.proxy.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import javax.net.SocketFactory;

/** Has PostgreSQL JDBC connect to a Unix-domain socket, whatever host and port it is told. */
public final class UnixSocketFactory extends SocketFactory {
    private final Path file;

    /**
     * Called by the driver.
     *
     * @param file the socket
     */
    public UnixSocketFactory(String file) {
        this.file = Path.of(file);
    }

    @Override
    public Socket createSocket() throws IOException {
        return new UnixClientSocket(file);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unsupported();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unsupported();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unsupported();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unsupported();
    }

    private static SocketException unsupported() {
        return new SocketException("a Unix-domain socket has no host");
    }
}
