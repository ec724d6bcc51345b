package dev.bauta.proxy.session;

import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The kinds of sockets to connect with, which must fit the event loops. Immutable.
 *
 * @param tcp to a host and a port
 * @param unix to a Unix-domain socket
 * @param unixAddress such a socket's address, as its channels know it
 */
public record SocketTypes(
        Class<? extends Channel> tcp, Class<? extends Channel> unix, Function<Path, SocketAddress> unixAddress) {}
