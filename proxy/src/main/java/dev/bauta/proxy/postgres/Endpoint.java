package dev.bauta.proxy.postgres;

import java.nio.file.Path;

/**
 * A host and a port, or as libpq has it a directory and the port after which the Unix-domain socket in there is named. Immutable.
 *
 * @param host a name or an address, an IPv6 address without brackets, or the absolute path of a directory
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
    public Endpoint {
        if (host.isBlank()) {
            throw new IllegalArgumentException("a host must not be empty");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port must be from 1 to 65535");
        }
    }

    /** True for a Unix-domain socket. */
    public boolean isUnixSocket() {
        return host.startsWith("/");
    }

    /** The Unix-domain socket, where it is one. */
    public Path socketFile() {
        return Path.of(host, ".s.PGSQL." + port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
