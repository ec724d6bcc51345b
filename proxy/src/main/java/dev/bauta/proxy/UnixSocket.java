package dev.bauta.proxy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * A Unix-domain socket that the proxy listens on beside its port. Immutable.
 *
 * @param directory where the socket lies, under the name that libpq looks for: {@code .s.PGSQL.} and the port
 * @param permissions who may connect: whoever may write to the socket
 */
public record UnixSocket(Path directory, Set<PosixFilePermission> permissions) {
    /** In bytes, of the socket's whole path: what the operating systems take at least. */
    public static final int MAX_PATH = 103;

    public UnixSocket {
        permissions = Set.copyOf(permissions);
    }

    /** The socket for a port. */
    public Path file(int port) {
        return directory.resolve(".s.PGSQL." + port);
    }

    /** Removes the socket of a proxy that has ended without. @throws IOException when somebody listens on it */
    void removeStale(int port) throws IOException {
        Path file = file(port);
        if (!Files.exists(file)) {
            return;
        }
        boolean taken;
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            taken = probe.isConnected();
        } catch (IOException e) {
            taken = false;
        }
        if (taken) {
            throw new IOException("somebody listens on " + file);
        }
        Files.delete(file);
    }

    /** Lets those connect who may; until then whoever runs the proxy can alone, unless the process's umask is lax. */
    void applyPermissions(int port) throws IOException {
        Files.setPosixFilePermissions(file(port), permissions);
    }
}
