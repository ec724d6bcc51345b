package dev.bauta.proxy.session;

import dev.bauta.proxy.tls.ServerTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to the PostgreSQL server. Thread-safe.
 *
 * @param host name or address
 * @param port TCP port
 * @param encryption what connections are encrypted by; null when they are not
 * @param timeout how long opening one may take
 * @param channelType the socket's class, which must fit the event loops
 * @param connections every open connection is put there
 * @param executor where a name may be looked up, which blocks
 */
public record ServerConnector(
        String host,
        int port,
        @Nullable Supplier<ServerTls> encryption,
        Duration timeout,
        Class<? extends Channel> channelType,
        ChannelGroup connections,
        Executor executor) {
    /** Above the high mark the peer is not read from, below the low mark it is again; bytes. */
    public static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /** Completes on the event loop with an open channel that has this handler, or with the failure. */
    CompletableFuture<Channel> connect(EventLoop loop, ChannelHandler handler) {
        CompletableFuture<Channel> connected = new CompletableFuture<>();
        var unused = resolve().whenComplete((address, failure) -> {
            if (failure != null) {
                loop.execute(() -> connected.completeExceptionally(failure));
            } else {
                open(loop, handler, address, connected);
            }
        });
        return connected;
    }

    private void open(
            EventLoop loop, ChannelHandler handler, InetSocketAddress address, CompletableFuture<Channel> connected) {
        ServerTls tls = encryption == null ? null : encryption.get();
        ChannelHandler first = tls == null
                ? handler
                : new EncryptedConnect(
                        tls.newHandler(ByteBufAllocator.DEFAULT, host, port), handler, timeout, connected);
        var unused = new Bootstrap()
                .group(loop)
                .channel(channelType)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(first)
                .connect(address)
                .addListener((io.netty.channel.ChannelFuture opened) -> {
                    if (opened.isSuccess()) {
                        connections.add(opened.channel());
                        completeUnencrypted(tls, opened.channel(), connected);
                    } else {
                        connected.completeExceptionally(opened.cause());
                    }
                });
    }

    /** Where there is TLS, its handshake comes first. */
    private static void completeUnencrypted(
            @Nullable ServerTls tls, Channel channel, CompletableFuture<Channel> connected) {
        if (tls == null) {
            connected.complete(channel);
        }
    }

    private CompletableFuture<InetSocketAddress> resolve() {
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
        return literal != null
                ? CompletableFuture.completedFuture(new InetSocketAddress(literal, port))
                : CompletableFuture.supplyAsync(this::lookUp, executor);
    }

    private InetSocketAddress lookUp() {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    /** Host and port, as in messages. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
