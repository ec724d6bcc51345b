package dev.bauta.proxy.session;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/** Closes a channel when what was written to it has gone out, but does not wait for ever for a peer that reads nothing. */
final class Closing {
    private static final int LINGER_SECONDS = 10;

    private Closing() {}

    static void afterFlush(Channel channel) {
        channel.config().setAutoRead(false);
        if (!channel.isOpen()) {
            return;
        }
        if (isShakingHands(channel)) {
            close(channel);
            return;
        }
        var timer = channel.eventLoop().schedule(() -> close(channel), LINGER_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> timer.cancel(false));
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** What was written waits for keys that may never come. */
    private static boolean isShakingHands(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        return tls != null && !tls.handshakeFuture().isDone();
    }

    private static void close(Channel channel) {
        var unused = channel.close();
    }
}
