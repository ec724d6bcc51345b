package dev.bauta.proxy;

import dev.bauta.proxy.session.ServerConnector;
import dev.bauta.proxy.session.SocketTypes;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/** The ways to the network: Linux's own where its library loads, Java's elsewhere. */
public enum Transport {
    /** Sends and receives what is ready with one system call for all connections; Linux 5.19 or later, where it is not forbidden. */
    IO_URING(
            IoUringServerSocketChannel.class,
            IoUringSocketChannel.class,
            IoUringServerDomainSocketChannel.class,
            IoUringDomainSocketChannel.class),
    EPOLL(
            EpollServerSocketChannel.class,
            EpollSocketChannel.class,
            EpollServerDomainSocketChannel.class,
            EpollDomainSocketChannel.class),
    NIO(
            NioServerSocketChannel.class,
            NioSocketChannel.class,
            NioServerDomainSocketChannel.class,
            NioDomainSocketChannel.class);

    /** The group of buffers that io_uring receives into, of which each event loop has its own. */
    private static final short BUFFER_GROUP = 0;
    /** Grow from the least to the greatest as they are needed. */
    private static final short FEWEST_BUFFERS = 16;

    private static final short MOST_BUFFERS = 256;
    /** In bytes. */
    private static final int BUFFER_SIZE = 4096;

    static {
        // By receiving that goes on by itself Netty (4.2.18) stalls where reading is stopped and begun again.
        System.setProperty("io.netty.iouring.recvMultiShotEnabled", "false");
    }

    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends Channel> channel;
    private final Class<? extends ServerChannel> unixServerChannel;
    private final Class<? extends Channel> unixChannel;

    Transport(
            Class<? extends ServerChannel> serverChannel,
            Class<? extends Channel> channel,
            Class<? extends ServerChannel> unixServerChannel,
            Class<? extends Channel> unixChannel) {
        this.unixServerChannel = unixServerChannel;
        this.unixChannel = unixChannel;
        this.serverChannel = serverChannel;
        this.channel = channel;
    }

    /** Epoll where it can be used. */
    public static Transport best() {
        return EPOLL.isAvailable() ? EPOLL : NIO;
    }

    /** True where it can be used. */
    public boolean isAvailable() {
        return switch (this) {
            case IO_URING -> IoUring.isAvailable() && IoUring.isRegisterBufferRingSupported();
            case EPOLL -> Epoll.isAvailable();
            case NIO -> true;
        };
    }

    IoHandlerFactory newHandlers() {
        return switch (this) {
            case IO_URING ->
                IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setBufferRingConfig(newBuffers()));
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    /**
     * The kernel takes a buffer when something has come. Without such buffers Netty (4.2.18) polls before it receives, and then does not
     * notice the end of a connection that is reset while its bytes are received, or polls a connection that is being closed, which stays
     * open by that. What comes takes a buffer of its own: filled one behind the other, as newer kernels can, one session's bytes would lie
     * beside another's, and the message at a buffer's end be cut in two.
     */
    private static IoUringBufferRingConfig newBuffers() {
        return IoUringBufferRingConfig.builder()
                .bufferGroupId(BUFFER_GROUP)
                .bufferRingSize(MOST_BUFFERS)
                .batchSize(FEWEST_BUFFERS)
                .incremental(false)
                .allocator(new IoUringFixedBufferRingAllocator(ServerConnector.BUFFERS, BUFFER_SIZE))
                .build();
    }

    /** What channels are told of how to receive. */
    Map<ChannelOption<Short>, Short> receiving() {
        return this == IO_URING ? Map.of(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, BUFFER_GROUP) : Map.of();
    }

    Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    SocketTypes sockets() {
        return new SocketTypes(channel, unixChannel, this::unixAddress, receiving());
    }

    Class<? extends ServerChannel> unixServerChannel() {
        return unixServerChannel;
    }

    /** A Unix-domain socket as these channels know it. */
    SocketAddress unixAddress(Path file) {
        return switch (this) {
            case IO_URING, EPOLL -> new DomainSocketAddress(file.toString());
            case NIO -> UnixDomainSocketAddress.of(file);
        };
    }
}
