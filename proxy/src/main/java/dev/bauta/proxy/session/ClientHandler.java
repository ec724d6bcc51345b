package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.ErrorResponse;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetAddress;

/** The client's channel: hands its events to the conversation. */
public final class ClientHandler extends ChannelInboundHandlerAdapter {
    private final ProxyContext context;
    private final Conversation conversation;

    /**
     * @param context what all conversations share
     * @param client the new connection
     */
    public ClientHandler(ProxyContext context, Channel client) {
        this.context = context;
        this.conversation = new Conversation(context, client);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        InetAddress address = conversation.link().address();
        if (context.counts().tryOpenConnection(address)) {
            conversation.atEnd(() -> context.counts().closeConnection(address));
            conversation.begin();
        } else {
            conversation.fail(ErrorResponse.fatal("53300", "sorry, too many connections already"));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        conversation.onClientBytes((ByteBuf) msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        conversation.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        conversation.backPressure().update();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        conversation.end();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Shutdown shutdown) {
            conversation.shutDown(shutdown);
        } else if (event instanceof SslHandshakeCompletionEvent handshake) {
            conversation.onHandshake(handshake);
        } else if (event instanceof RulesChanged) {
            conversation.reviewRole();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        conversation.onException(cause, false);
    }
}
