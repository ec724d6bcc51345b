package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.EncryptionRequest;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the server for TLS and agrees on keys with it, before anybody else is put on the connection. Event loop only. */
final class EncryptedConnect extends ChannelInboundHandlerAdapter {
    private final SslHandler tls;
    private final ChannelHandler then;
    private final Duration timeout;
    private final CompletableFuture<Channel> connected;
    private @Nullable Future<?> timer;

    /**
     * @param tls what encrypts the connection
     * @param then whose connection it is afterwards
     * @param timeout how long it may take
     * @param connected is told how it ended
     */
    EncryptedConnect(SslHandler tls, ChannelHandler then, Duration timeout, CompletableFuture<Channel> connected) {
        this.tls = tls;
        this.then = then;
        this.timeout = timeout;
        this.connected = connected;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        timer = ctx.executor()
                .schedule(
                        () -> fail(ctx, "the server does not answer the request for TLS"),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        var unused = ctx.writeAndFlush(EncryptionRequest.SSL.encode(ctx.alloc()));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf answer = (ByteBuf) msg;
        try {
            // Anything behind the answer would be taken for said inside TLS, but anybody can have put it there.
            boolean agreed = answer.readableBytes() == 1 && answer.getByte(answer.readerIndex()) == 'S';
            if (agreed) {
                startTls(ctx);
            } else {
                fail(ctx, "the server has no TLS; enable ssl there, or set 'server.tls' to disable");
            }
        } finally {
            answer.release();
        }
    }

    private void startTls(ChannelHandlerContext ctx) {
        Channel channel = ctx.channel();
        stopTimer();
        tls.setHandshakeTimeoutMillis(timeout.toMillis());
        tls.handshakeFuture().addListener(handshake -> {
            if (handshake.isSuccess()) {
                channel.pipeline().addLast(then).remove(this);
                connected.complete(channel);
            } else {
                connected.completeExceptionally(handshake.cause());
            }
        });
        channel.pipeline().addFirst(tls);
    }

    private void fail(ChannelHandlerContext ctx, String reason) {
        stopTimer();
        connected.completeExceptionally(new IOException(reason));
        var unused = ctx.close();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, "the server closed the connection when it was asked for TLS");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, "the connection broke when the server was asked for TLS");
    }
}
