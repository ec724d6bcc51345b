package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.CancelRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/**
 * Takes a cancel request to the server, if its key is that of a session here. The client's connection stays open until the
 * server has closed its own, by which clients know that the request has been dealt with. There is no answer in either case.
 */
final class CancelForwarding {
    private final Conversation conversation;
    private final ProxyContext context;

    CancelForwarding(Conversation conversation, ProxyContext context) {
        this.conversation = conversation;
        this.context = context;
    }

    void begin(CancelRequest request) {
        CancelTarget target = context.cancels().find(request.key());
        if (target == null) {
            conversation.end();
        } else {
            send(target, conversation::end);
        }
    }

    /**
     * Sends a request of the proxy's own, or a client's whose key is known.
     *
     * @param then run on the event loop when the server has dealt with it, cannot be reached, or is not to
     */
    void send(CancelTarget target, Runnable then) {
        if (!target.tryBegin()) {
            conversation.guarded(then);
            return;
        }
        Channel client = conversation.client();
        var unused = context.server()
                .connect(client.eventLoop(), new TellOnClose(target, then), target.server())
                .whenComplete((link, failure) -> {
                    if (failure != null) {
                        target.dealtWith();
                        conversation.guarded(then);
                    } else {
                        Channel server = link.channel();
                        Runnable closing = () -> Closing.afterFlush(server);
                        conversation.atEnd(closing);
                        var unusedClose = server.closeFuture().addListener(closed -> conversation.notAtEnd(closing));
                        var unusedWrite = server.writeAndFlush(
                                new CancelRequest(target.key()).encode(server.alloc()), server.voidPromise());
                    }
                });
    }

    private final class TellOnClose extends SimpleChannelInboundHandler<Object> {
        private final CancelTarget target;
        private final Runnable then;
        private boolean broken;

        private TellOnClose(CancelTarget target, Runnable then) {
            this.target = target;
            this.then = then;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Object msg) {
            // The server does not answer a cancel request.
        }

        /** Where it is not the server that has closed, the request can still be on its way, and counts as such for good. */
        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (!broken && !conversation.isEnded()) {
                target.dealtWith();
            }
            conversation.guarded(then);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            broken = true;
            var unused = ctx.close();
        }
    }
}
