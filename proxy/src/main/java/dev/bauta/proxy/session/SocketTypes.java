package dev.bauta.proxy.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * The kinds of sockets to connect with, which must fit the event loops. Immutable.
 *
 * @param tcp to a host and a port
 * @param unix to a Unix-domain socket
 * @param unixAddress such a socket's address, as its channels know it
 * @param receiving what the channels are told of how to receive
 */
public record SocketTypes(
        Class<? extends Channel> tcp,
        Class<? extends Channel> unix,
        Function<Path, SocketAddress> unixAddress,
        Map<ChannelOption<Short>, Short> receiving) {}
