package dev.bauta.proxy.session;

import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.ServerChoice;
import dev.bauta.proxy.tls.ServerTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to the PostgreSQL server. Thread-safe.
 *
 * @param servers which one
 * @param encryption what connections are encrypted by; null when they are not
 * @param timeout how long opening one may take, each time that it is tried
 * @param sockets the sockets' kinds
 * @param connections every open connection is put there
 * @param executor where a name may be looked up, which blocks
 */
public record ServerConnector(
        ServerChoice servers,
        @Nullable Supplier<ServerTls> encryption,
        Duration timeout,
        SocketTypes sockets,
        ChannelGroup connections,
        Executor executor) {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConnector.class);

    /** By it a chunk of buffers has 512 KB, an eighth of Netty's own, so that a proxy with little to do takes little memory. */
    private static final int CHUNK_ORDER = 6;

    /** Where bytes on their way lie. */
    public static final ByteBufAllocator BUFFERS = new PooledByteBufAllocator(
            true,
            PooledByteBufAllocator.defaultNumHeapArena(),
            PooledByteBufAllocator.defaultNumDirectArena(),
            PooledByteBufAllocator.defaultPageSize(),
            CHUNK_ORDER,
            PooledByteBufAllocator.defaultSmallCacheSize(),
            PooledByteBufAllocator.defaultNormalCacheSize(),
            PooledByteBufAllocator.defaultUseCacheForAllThreads());

    /** Above the high mark the peer is not read from, below the low mark it is again; bytes. */
    public static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /**
     * One address of a server.
     *
     * @param host as the configuration names it, which a certificate is checked against
     * @param address where that is
     */
    record Location(Endpoint host, SocketAddress address) {}

    /**
     * A connection to a server.
     *
     * @param channel the open channel
     * @param location where it leads
     */
    record Link(Channel channel, Location location) {}

    /**
     * Tries one server after the other, and each of its addresses. Completes on the event loop with the first that can be had, or
     * with the last failure.
     *
     * @param handler makes the channel's handler, for each time that it is tried
     */
    CompletableFuture<Link> connect(EventLoop loop, Supplier<ChannelHandler> handler) {
        CompletableFuture<Link> connected = new CompletableFuture<>();
        List<Endpoint> candidates = servers.candidates();
        if (candidates.isEmpty()) {
            servers.onDoubt();
            connected.completeExceptionally(new IOException("no server is of the kind that is asked for"));
        } else {
            var unused = resolve(candidates)
                    .whenComplete((locations, failure) -> loop.execute(() -> {
                        if (failure != null || locations.isEmpty()) {
                            connected.completeExceptionally(new UnknownHostException("no such host: " + servers));
                        } else {
                            tryEach(loop, handler, locations, 0, connected);
                        }
                    }));
        }
        return connected;
    }

    private void tryEach(
            EventLoop loop,
            Supplier<ChannelHandler> handler,
            List<Location> locations,
            int at,
            CompletableFuture<Link> connected) {
        var unused = connect(loop, handler.get(), locations.get(at)).whenComplete((link, failure) -> {
            if (failure == null) {
                connected.complete(link);
                return;
            }
            servers.onDoubt();
            if (at + 1 < locations.size()) {
                tryEach(loop, handler, locations, at + 1, connected);
            } else {
                connected.completeExceptionally(failure);
            }
        });
    }

    /** Completes on the event loop with an open channel that has this handler, or with the failure. */
    CompletableFuture<Link> connect(EventLoop loop, ChannelHandler handler, Location location) {
        CompletableFuture<Channel> opened = new CompletableFuture<>();
        CompletableFuture<Link> connected = new CompletableFuture<>();
        var unused = opened.whenComplete((channel, failure) -> {
            if (failure == null) {
                connected.complete(new Link(channel, location));
            } else {
                connected.completeExceptionally(failure);
            }
        });
        open(loop, handler, location, opened);
        return connected;
    }

    private void open(EventLoop loop, ChannelHandler handler, Location location, CompletableFuture<Channel> connected) {
        ServerTls tls = encryption == null ? null : encryption.get();
        ChannelHandler first = tls == null
                ? handler
                : new EncryptedConnect(
                        tls.newHandler(
                                BUFFERS, location.host().host(), location.host().port()),
                        handler,
                        timeout,
                        connected);
        var unused = newBootstrap(location.host())
                .group(loop)
                .option(ChannelOption.ALLOCATOR, BUFFERS)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(first)
                .connect(location.address())
                .addListener((io.netty.channel.ChannelFuture opened) -> {
                    if (opened.isSuccess()) {
                        connections.add(opened.channel());
                        completeUnencrypted(tls, opened.channel(), connected);
                    } else {
                        connected.completeExceptionally(opened.cause());
                    }
                });
    }

    private Bootstrap newBootstrap(Endpoint host) {
        Bootstrap bootstrap = new Bootstrap();
        sockets.receiving().forEach(bootstrap::option);
        if (host.isUnixSocket()) {
            return bootstrap.channel(sockets.unix());
        }
        return bootstrap
                .channel(sockets.tcp())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true);
    }

    /** Where there is TLS, its handshake comes first. */
    private static void completeUnencrypted(
            @Nullable ServerTls tls, Channel channel, CompletableFuture<Channel> connected) {
        if (tls == null) {
            connected.complete(channel);
        }
    }

    private CompletableFuture<List<Location>> resolve(List<Endpoint> hosts) {
        List<Location> literals = new ArrayList<>();
        for (Endpoint host : hosts) {
            if (host.isUnixSocket()) {
                literals.add(new Location(host, sockets.unixAddress().apply(host.socketFile())));
                continue;
            }
            InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host.host());
            if (literal != null) {
                literals.add(new Location(host, new InetSocketAddress(literal, host.port())));
            }
        }
        return literals.size() == hosts.size()
                ? CompletableFuture.completedFuture(literals)
                : CompletableFuture.supplyAsync(() -> lookUp(hosts), executor);
    }

    /** A name that leads nowhere is passed over while another one leads somewhere. */
    private static List<Location> lookUp(List<Endpoint> hosts) {
        List<Location> locations = new ArrayList<>();
        for (Endpoint host : hosts) {
            try {
                Arrays.stream(InetAddress.getAllByName(host.host()))
                        .map(address -> new Location(host, new InetSocketAddress(address, host.port())))
                        .forEach(locations::add);
            } catch (UnknownHostException e) {
                LOG.atWarn().addKeyValue("server", host).log("the host's name leads nowhere");
            }
        }
        return locations;
    }

    /** The servers, as in messages. */
    @Override
    public String toString() {
        return servers.toString();
    }
}
