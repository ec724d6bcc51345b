package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.CommandComplete;
import dev.bauta.proxy.wire.FrameListener;
import dev.bauta.proxy.wire.FrameWalker;
import dev.bauta.proxy.wire.ParameterStatus;
import dev.bauta.proxy.wire.Query;
import dev.bauta.proxy.wire.ReadyForQuery;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's channel between two sessions: has the server forget the first, and waits for the second. Whatever the server says that
 * does not belong to that closes the channel: a clean connection says nothing.
 */
final class ServerCleaning extends ChannelInboundHandlerAdapter implements FrameListener {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCleaning.class);

    private static final Query FORGET = new Query("DISCARD ALL");
    private static final String FORGOTTEN = "DISCARD ALL";
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final ServerPool pool;
    private final ServerLease lease;
    private @Nullable FrameWalker responses;
    private @Nullable Future<?> timer;
    private boolean forgotten;
    private boolean clean;
    private boolean over;

    ServerCleaning(ServerPool pool, ServerLease lease) {
        this.pool = pool;
        this.lease = lease;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        responses = new FrameWalker(ctx.alloc(), this);
        startTimer(LONGEST);
        ctx.writeAndFlush(FORGET.encode(ctx.alloc())).addListener(sent -> {
            if (!sent.isSuccess()) {
                close("unreachable");
            }
        });
        if (!ctx.channel().isActive()) {
            close("closed");
        }
    }

    /** A session takes the connection. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        over = true;
        end();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (clean || responses == null) {
            ((ByteBuf) msg).release();
            close("unasked message");
        } else {
            responses.walk((ByteBuf) msg);
        }
    }

    @Override
    public Handling onFrame(byte type, int length) {
        if (clean) {
            close("unasked message");
            return Handling.DROP;
        }
        ServerMessages.requireCollectable(length);
        return Handling.COLLECT;
    }

    @Override
    public void onForward(ByteBuf bytes) {
        bytes.release();
        throw new IllegalStateException("nobody is there to forward to");
    }

    @Override
    public void onCollected(byte type, ByteBuf frame) {
        try {
            onMessage(ServerMessages.requireKnown(type), frame);
        } finally {
            frame.release();
        }
    }

    private void onMessage(BackendType type, ByteBuf frame) {
        switch (type) {
            case PARAMETER_STATUS -> lease.onParameterStatus(ParameterStatus.decode(frame));
            case NOTICE_RESPONSE, NOTIFICATION_RESPONSE -> {}
            case COMMAND_COMPLETE -> onDone(CommandComplete.decode(frame).tag());
            case READY_FOR_QUERY -> onReady(ReadyForQuery.decode(frame));
            default -> close("message " + type);
        }
    }

    private void onDone(String tag) {
        if (forgotten || !tag.equals(FORGOTTEN)) {
            close("answer to another statement");
        }
        forgotten = true;
    }

    private void onReady(ReadyForQuery ready) {
        if (!forgotten || !ready.isIdle() || over) {
            close("not idle");
            return;
        }
        clean = true;
        stopTimer();
        startTimer(pool.patience(lease));
        pool.onClean(lease);
    }

    private void startTimer(Duration longest) {
        timer = lease.link()
                .channel()
                .eventLoop()
                .schedule(() -> close("time"), Math.max(1, longest.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void end() {
        stopTimer();
        if (responses != null) {
            responses.close();
        }
    }

    private void close(String reason) {
        if (over) {
            return;
        }
        over = true;
        LOG.atDebug()
                .addKeyValue("server", lease.link().location().host())
                .addKeyValue("reason", reason)
                .log("connection to the server is not kept");
        pool.onTaken(lease);
        end();
        var unused = lease.link().channel().close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        close("closed");
    }

    /** The proxy stops, or other rules are in force, by which other keys may be. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Shutdown || event instanceof RulesChanged) {
            close("event");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        close(cause.getClass().getSimpleName());
    }
}
