package dev.bauta.proxy;

import dev.bauta.proxy.session.CancelRegistry;
import dev.bauta.proxy.session.CatalogRefresh;
import dev.bauta.proxy.session.ClientAccess;
import dev.bauta.proxy.session.ClientHandler;
import dev.bauta.proxy.session.ConnectionLimits;
import dev.bauta.proxy.session.Limits;
import dev.bauta.proxy.session.LiveOptions;
import dev.bauta.proxy.session.OpenSessions;
import dev.bauta.proxy.session.ProxyContext;
import dev.bauta.proxy.session.RulesChanged;
import dev.bauta.proxy.session.ServerConnector;
import dev.bauta.proxy.session.ServerPool;
import dev.bauta.proxy.session.SessionFactory;
import dev.bauta.proxy.session.Shutdown;
import dev.bauta.proxy.trail.SessionEvents;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wire-protocol proxy: listens for PostgreSQL clients, and opens a connection to the PostgreSQL server for each.
 * Thread-safe.
 */
public final class ProxyServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);
    /** Catalog refreshes and look-ups of names. */
    private static final int BLOCKING_THREADS = 2;

    private static final int MAX_DRAIN_SECONDS = 2;

    private final ProxySettings settings;
    private final ExecutorService blocking;
    private final EventLoopGroup loops;
    /** Those with clients and those with the server. */
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    private final Transport transport;
    private final ProxyContext context;
    private @Nullable Channel listener;
    private @Nullable Channel unixListener;
    private @Nullable Path unixFile;
    private volatile boolean draining;

    /** A proxy that does not listen yet. */
    public ProxyServer(ProxySettings settings, SessionFactory sessions) {
        this(settings, sessions, SessionEvents.NONE);
    }

    /**
     * A proxy that does not listen yet.
     *
     * @param events who is told what is run
     */
    public ProxyServer(ProxySettings settings, SessionFactory sessions, SessionEvents events) {
        this.settings = settings;
        this.transport = settings.transport();
        this.blocking =
                Executors.newFixedThreadPool(BLOCKING_THREADS, new DefaultThreadFactory("bauta-blocking", true));
        this.loops = new MultiThreadIoEventLoopGroup(
                settings.eventLoops(), new DefaultThreadFactory("bauta-loop", true), transport.newHandlers());
        this.context = newContext(sessions, events);
    }

    private ProxyContext newContext(SessionFactory sessions, SessionEvents events) {
        LiveOptions options = new LiveOptions(settings.limits(), settings.access());
        return new ProxyContext(
                sessions,
                new CatalogRefresh(sessions, blocking),
                new ServerConnector(
                        settings.servers(),
                        settings.serverEncryption(),
                        settings.limits().connect(),
                        transport.sockets(),
                        connections,
                        blocking),
                new ServerPool(options),
                new CancelRegistry(),
                options,
                new ConnectionLimits(options),
                new OpenSessions(Clock.systemUTC()),
                events);
    }

    /**
     * Listens.
     *
     * @return the address that clients can connect to
     * @throws IOException when the address cannot be had
     */
    public synchronized InetSocketAddress start() throws IOException {
        ChannelFuture bound = newBootstrap()
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .bind(settings.listen())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + settings.listen(), bound.cause());
        }
        Channel listening = bound.channel();
        listener = listening;
        LOG.atInfo()
                .addKeyValue("address", listening.localAddress())
                .addKeyValue("server", context.server())
                .addKeyValue("transport", transport)
                .log("proxy listens");
        InetSocketAddress address = (InetSocketAddress) listening.localAddress();
        UnixSocket socket = settings.unixSocket();
        if (socket != null) {
            listenOn(socket, address.getPort());
        }
        return address;
    }

    private ServerBootstrap newBootstrap() {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .childOption(ChannelOption.ALLOCATOR, ServerConnector.BUFFERS)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ServerConnector.WATER_MARK)
                .childHandler(new Acceptor());
        transport.receiving().forEach(bootstrap::childOption);
        return bootstrap;
    }

    private void listenOn(UnixSocket socket, int port) throws IOException {
        socket.removeStale(port);
        ChannelFuture bound = newBootstrap()
                .channel(transport.unixServerChannel())
                .bind(transport.unixAddress(socket.file(port)))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + socket.file(port), bound.cause());
        }
        unixListener = bound.channel();
        unixFile = socket.file(port);
        socket.applyPermissions(port);
        LOG.atInfo().addKeyValue("socket", socket.file(port)).log("proxy listens");
    }

    /** The sessions that have begun. */
    public OpenSessions sessions() {
        return context.open();
    }

    /** How many sessions there are now. */
    public int openSessions() {
        return context.counts().openSessions();
    }

    /** How many connections to servers are kept for sessions to come. */
    public int pooledConnections() {
        return context.pool().size();
    }

    /** How many clients wait for their turn now. */
    public int waitingClients() {
        return context.counts().waiting();
    }

    /** How many connections of clients there are now. */
    public int openConnections() {
        return context.counts().openConnections();
    }

    /** Other rules are in force: sessions that they leave less than they have end now. */
    public void onRulesChanged() {
        for (Channel connection : connections) {
            connection
                    .eventLoop()
                    .execute(() -> connection.pipeline().fireUserEventTriggered(RulesChanged.RULES_CHANGED));
        }
    }

    /** Other limits and ways to come in hold from now on, for what is opened from now on. */
    public void replaceOptions(Limits limits, ClientAccess access) {
        context.options().replace(limits, access);
        context.counts().admitWaiting();
    }

    /** True when clients are not taken any more. */
    public boolean isDraining() {
        return draining;
    }

    /**
     * Stops listening and ends every session as soon as it is idle and no transaction is open.
     *
     * @param limit how long to wait for that
     * @return true when all have ended; false when some are still there
     * @throws InterruptedException when the calling thread is interrupted while it waits
     */
    public boolean drain(Duration limit) throws InterruptedException {
        draining = true;
        stopListening();
        tell(Shutdown.WHEN_IDLE);
        return connections.newCloseFuture().await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void stopListening() {
        if (listener != null) {
            listener.close().awaitUninterruptibly();
            listener = null;
        }
        if (unixListener != null && unixFile != null) {
            unixListener.close().awaitUninterruptibly();
            unixListener = null;
            remove(unixFile);
        }
    }

    /** The socket stays behind when the channel is closed; the next proxy would take it for one of its like. */
    private static void remove(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("socket", socket).log("the socket could not be removed");
        }
    }

    private void tell(Shutdown when) {
        context.pool().close();
        for (Channel connection : connections) {
            connection.eventLoop().execute(() -> connection.pipeline().fireUserEventTriggered(when));
        }
    }

    /** Stops listening, tells every client that its session ends, and closes all connections. */
    @Override
    public synchronized void close() {
        draining = true;
        stopListening();
        tell(Shutdown.NOW);
        connections.newCloseFuture().awaitUninterruptibly(MAX_DRAIN_SECONDS, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, MAX_DRAIN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        blocking.shutdownNow();
    }

    private final class Acceptor extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel client) {
            connections.add(client);
            client.pipeline().addLast(new ClientHandler(context, client));
        }
    }
}
