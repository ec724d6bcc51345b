package dev.bauta.proxy.session;

import dev.bauta.proxy.session.ServerConnector.Location;
import dev.bauta.proxy.wire.CancelKey;
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
        Location server = context.cancels().find(request.key());
        if (server == null) {
            conversation.end();
        } else {
            send(request.key(), server, conversation::end);
        }
    }

    /**
     * Sends a request of the proxy's own, or a client's whose key is known.
     *
     * @param location the server that gave the key
     * @param then run on the event loop when the server has dealt with it, or cannot be reached
     */
    void send(CancelKey key, Location location, Runnable then) {
        Channel client = conversation.client();
        var unused = context.server()
                .connect(client.eventLoop(), new TellOnClose(then), location)
                .whenComplete((link, failure) -> {
                    if (failure != null) {
                        conversation.guarded(then);
                    } else {
                        Channel server = link.channel();
                        conversation.atEnd(() -> Closing.afterFlush(server));
                        var unusedWrite = server.writeAndFlush(
                                new CancelRequest(key).encode(server.alloc()), server.voidPromise());
                    }
                });
    }

    private final class TellOnClose extends SimpleChannelInboundHandler<Object> {
        private final Runnable then;

        private TellOnClose(Runnable then) {
            this.then = then;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Object msg) {
            // The server does not answer a cancel request.
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            conversation.guarded(then);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var unused = ctx.close();
        }
    }
}
