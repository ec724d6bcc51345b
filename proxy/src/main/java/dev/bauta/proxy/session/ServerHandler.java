package dev.bauta.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** The server's channel: hands its events to the conversation. */
final class ServerHandler extends ChannelInboundHandlerAdapter {
    private final Conversation conversation;

    ServerHandler(Conversation conversation) {
        this.conversation = conversation;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        conversation.onServerBytes((ByteBuf) msg);
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
        conversation.onServerClosed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        conversation.onException(cause, true);
    }
}
