package dev.bauta.proxy.session;

import dev.bauta.engine.Session;
import dev.bauta.proxy.session.BackPressure.Wait;
import dev.bauta.proxy.session.ServerConnector.Link;
import dev.bauta.proxy.session.ServerConnector.Location;
import dev.bauta.proxy.tls.HandshakeFailure;
import dev.bauta.proxy.trail.SessionEvents;
import dev.bauta.proxy.trail.SessionIdentity;
import dev.bauta.proxy.trail.StatementTrail;
import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.CancelKey;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.FrameWalker;
import dev.bauta.proxy.wire.FrontendType;
import dev.bauta.proxy.wire.ParameterStatus;
import dev.bauta.proxy.wire.ProtocolViolation;
import dev.bauta.proxy.wire.ReadyForQuery;
import dev.bauta.proxy.wire.StartupMessage;
import dev.bauta.refusal.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection and the server connection that answers it. Both live on one event loop, and everything here runs on
 * it. The phases decide what becomes of messages; this class moves bytes, holds either side back while the other cannot
 * follow, and ends both together.
 */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private final ProxyContext context;
    private final Channel client;
    private final ClientLink link;
    private final Greeting greeting;
    private final FrameWalker requests;
    private final FrameWalker responses;
    private final BackPressure backPressure;
    private final CurrentCatalog catalog;
    private final List<Runnable> atEnd = new ArrayList<>();
    private final LoginTimer loginTimer;
    private final Activity activity = new Activity();
    private final AttemptedLogin attempted = new AttemptedLogin();
    private @Nullable Channel server;
    private @Nullable Location location;
    private @Nullable ServerLease lease;
    private @Nullable Session session;
    private @Nullable StatementTrail trail;
    private String application = "";
    private @Nullable CancelTarget cancels;
    private ServerPhase serverPhase;
    private boolean greeted;
    private boolean begun;
    /** What was written since the last flush. */
    private boolean clientWritten;

    private boolean serverWritten;
    private boolean draining;
    private boolean terminating;
    private boolean failed;
    private boolean ended;

    Conversation(ProxyContext context, Channel client) {
        this.context = context;
        this.client = client;
        this.link = new ClientLink(client);
        this.greeting = new Greeting(this, context);
        this.requests = new FrameWalker(client.alloc(), new PasswordRelay(this, false));
        this.responses = new FrameWalker(client.alloc(), Unconnected.UNCONNECTED);
        this.backPressure = new BackPressure(client, requests, responses);
        this.catalog = new CurrentCatalog(this, context);
        this.serverPhase = Unconnected.UNCONNECTED;
        this.loginTimer = new LoginTimer(this);
    }

    /** The client has connected. */
    void begin() {
        startLoginTimer();
        atEnd.add(loginTimer::stop);
    }

    /** The time to log in begins anew. */
    void startLoginTimer() {
        loginTimer.start(context.limits().login());
    }

    void stopLoginTimer() {
        loginTimer.stop();
    }

    /** Has this done when the conversation ends, or now if it has ended. */
    void atEnd(Runnable action) {
        if (ended) {
            action.run();
        } else {
            atEnd.add(action);
        }
    }

    /** Need not be done any more. */
    void notAtEnd(Runnable action) {
        if (!ended) {
            atEnd.remove(action);
        }
    }

    Channel client() {
        return client;
    }

    /** How the client is connected. */
    ClientLink link() {
        return link;
    }

    boolean isEnded() {
        return ended;
    }

    /** Bytes from the client. */
    void onClientBytes(ByteBuf in) {
        context.events().receivedFromClient(in.readableBytes());
        if (greeted || ended) {
            activity.onSent();
            requests.walk(in);
        } else {
            greeting.receive(in);
        }
    }

    /** Bytes from the server. */
    void onServerBytes(ByteBuf in) {
        context.events().receivedFromServer(in.readableBytes());
        responses.walk(in);
        backPressure.releaseIfAnswered();
    }

    /** The client and the proxy have agreed on keys, or could not. */
    void onHandshake(SslHandshakeCompletionEvent handshake) {
        if (handshake.isSuccess()) {
            greeting.encrypted();
        } else if (!ended) {
            LOG.atWarn()
                    .addKeyValue("client", client.remoteAddress())
                    .addKeyValue("reason", HandshakeFailure.reason(handshake.cause()))
                    .log("TLS handshake with the client failed");
            end();
        }
    }

    /** The startup message has come: the client waits until the server wants something of it. */
    void greeted() {
        greeted = true;
        holdClient();
    }

    /**
     * The server is connected and receives the startup message.
     *
     * @param kept where the connection can outlive the session; else null
     */
    void connected(Link link, Session session, StartupMessage startup, ServerPhase login, @Nullable ServerLease kept) {
        take(link, session, startup, login, kept);
        toServer(startup.encode(link.channel().alloc()));
        flush();
        backPressure.update();
    }

    /** A connection to the server that another session has left: what the server would say to the startup message is known. */
    void resumed(ServerLease kept, Session session, StartupMessage startup, ServerPhase login) {
        Channel channel = kept.link().channel();
        channel.pipeline().replace(ServerCleaning.class, null, new ServerHandler(this));
        take(kept.link(), session, startup, login, kept);
        responses.walk(kept.greeting(channel.alloc()));
        flush();
        backPressure.update();
    }

    private void take(
            Link link, Session opened, StartupMessage startup, ServerPhase login, @Nullable ServerLease kept) {
        server = link.channel();
        backPressure.connected(link.channel());
        location = link.location();
        lease = kept;
        session = opened;
        catalog.begin(opened, link.location().host());
        application = startup.applicationName();
        enter(login);
    }

    /** The server has reported a setting. */
    void onServerSetting(ParameterStatus status) {
        if (lease != null) {
            lease.onParameterStatus(status);
        }
    }

    /** The server's messages are another phase's from now on. */
    void enter(ServerPhase phase) {
        serverPhase = phase;
        responses.setListener(phase);
    }

    /** The client's answers while it logs in are another phase's from now on. */
    void authenticate(ClientPhase phase) {
        requests.setListener(phase);
    }

    /** The session is ready for the client's requests. */
    void enter(ClientPhase phase) {
        loginTimer.stop();
        requests.setListener(phase);
        releaseClient();
    }

    /** The server has let the client in. */
    void begun(Session opened) {
        SessionIdentity identity = context.open().identify(opened, application);
        context.open().add(identity, this);
        context.events().opened(identity);
        atEnd(() -> {
            context.open().remove(identity);
            context.events().closed(identity);
        });
        begun = true;
        attempted.succeed();
        SessionTimer.start(this, activity, context.limits().times());
        if (context.events() != SessionEvents.NONE) {
            trail = new StatementTrail(opened, identity, context.events());
        }
    }

    /** What the server has not answered is bounded, and is told as well when the session ends. */
    void follow(PendingRequests followed) {
        backPressure.follow(followed);
        StatementTrail told = trail;
        if (told != null) {
            atEnd.add(() -> told.end(followed.unanswered()));
        }
    }

    /** Which side is read. */
    BackPressure backPressure() {
        return backPressure;
    }

    /** The catalogs that statements are decided by. */
    CurrentCatalog catalog() {
        return catalog;
    }

    /** How many look-ups by key the server may hold prepared for the session. */
    int keptStatements() {
        return context.limits().keptStatements();
    }

    /** What the session tells of its statements; null where nobody listens. */
    @Nullable
    StatementTrail trail() {
        return trail;
    }

    /** Before a request of the client goes on: it must be possible to record it. */
    void requireAdmission() {
        if (context.events().admission() == SessionEvents.Admission.OPEN) {
            return;
        }
        if (context.events().admission() == SessionEvents.Admission.REFUSE) {
            fail(ErrorResponse.fatal("58030", "terminating connection because Bauta cannot write its audit log"));
        } else if (!backPressure.isWaiting(Wait.ADMISSION)) {
            backPressure.hold(Wait.ADMISSION);
            context.events().whenOpen(() -> client.eventLoop().execute(() -> guarded(() -> release(Wait.ADMISSION))));
        }
    }

    /** The server has said how its work can be canceled. @return what the client can cancel by, as long as there is the session */
    CancelKey registerCancelKey(CancelKey key) {
        CancelTarget target = new CancelTarget(key, Objects.requireNonNull(location, "the key comes from a server"));
        cancels = target;
        if (lease != null) {
            lease.onCancelKey(key);
        }
        CancelKey given = context.cancels().add(target);
        atEnd(() -> {
            context.cancels().remove(given);
            target.end();
        });
        return given;
    }

    void toClient(ByteBuf bytes) {
        clientWritten = true;
        write(client, bytes);
    }

    void toClient(ErrorResponse error, BackendType type) {
        toClient(error.encode(client.alloc(), type));
    }

    /**
     * Sends the server whole messages.
     *
     * @throws IllegalStateException where it has part of one that the client has yet to send the rest of: it would take these bytes for the
     *     rest, and that for messages that nobody has looked at
     */
    void toServer(ByteBuf bytes) {
        if (isInsideRequest()) {
            bytes.release();
            throw new IllegalStateException("a message within another one");
        }
        forwardToServer(bytes);
    }

    /** Sends the server what has come of the client's messages, to wherever that ends. */
    void forwardToServer(ByteBuf bytes) {
        serverWritten = true;
        write(server, bytes);
    }

    /** True while the server has part of a message that is forwarded to it. */
    boolean isInsideRequest() {
        return requests.isInsideForwardedMessage();
    }

    private void write(@Nullable Channel channel, ByteBuf bytes) {
        if (ended || channel == null || !bytes.isReadable()) {
            bytes.release();
        } else {
            var unused = channel.write(bytes, channel.voidPromise());
        }
    }

    /** Sends what was written; once for all that one read brought. */
    void flush() {
        if (backPressure.asksForAnswers()) {
            toServer(FrontendType.FLUSH.encodeEmpty(client.alloc()));
        }
        if (clientWritten) {
            clientWritten = false;
            client.flush();
        }
        if (serverWritten && server != null) {
            serverWritten = false;
            server.flush();
        }
    }

    /** The client is not listened to before {@link #releaseClient}. */
    void holdClient() {
        backPressure.hold(Wait.TURN);
    }

    void releaseClient() {
        backPressure.release(Wait.TURN);
    }

    /** Releases what something else than the two channels' own events has waited for. */
    private void release(Wait wait) {
        backPressure.release(wait);
        flush();
    }

    /** Ends the session when the rules in force leave it less than it has. */
    void reviewRole() {
        Refusal refusal = session == null ? null : session.reviewRole();
        if (refusal != null) {
            fail(Refusals.toFatal(refusal));
        }
    }

    /** The server is not one to go to, by what it says of itself. */
    void requireRightServer(ParameterStatus status) {
        if (context.server().servers().isContradictedBy(status.name(), status.value())) {
            context.server().servers().onDoubt();
            fail(ErrorResponse.fatal(
                    "57P03", "the PostgreSQL server is not of the kind that Bauta is to go to; try again"));
        }
    }

    /** What the session is at. */
    Activity activity() {
        return activity;
    }

    /** True while the client has part of a message that is forwarded to it. */
    boolean isInsideResponse() {
        return responses.isInsideForwardedMessage();
    }

    /** The client has been sent a ReadyForQuery that its last request is not counted as answered by yet. */
    void onReady(ReadyForQuery ready) {
        activity.onAnswer();
        if (serverPhase.isSettled() && requests.isBetweenMessages()) {
            activity.onSettled();
        }
        onStatus((byte) ready.status());
    }

    /** What is told of the client if it does not get a session. */
    AttemptedLogin attempted() {
        return attempted;
    }

    /** True when the session ends as soon as it is idle. */
    boolean isDraining() {
        return draining;
    }

    /** The client has been sent a ReadyForQuery of that status. */
    void onStatus(byte status) {
        activity.onStatus(status);
        if (draining) {
            endIfIdle();
        }
    }

    /** The proxy stops. */
    void shutDown(Shutdown when) {
        draining = true;
        if (when == Shutdown.NOW) {
            endForShutdown();
        } else {
            endIfIdle();
        }
    }

    private void endIfIdle() {
        if (!begun || activity.state() == Activity.State.IDLE) {
            endForShutdown();
        }
    }

    private void endForShutdown() {
        fail(ErrorResponse.fatal("57P01", "terminating connection because Bauta is shutting down"));
    }

    /**
     * Has the server cancel what it is at. Until it has dealt with that, nothing more is read of the client, or its next statement could
     * be hit.
     */
    void cancelStatement() {
        if (cancels == null || backPressure.isWaiting(Wait.CANCEL)) {
            return;
        }
        LOG.atWarn().addKeyValue("client", client.remoteAddress()).log("statement canceled: it took too long");
        backPressure.hold(Wait.CANCEL);
        new CancelForwarding(this, context).send(cancels, () -> release(Wait.CANCEL));
    }

    /** The client takes its leave. Of a connection to the server that is kept the server does not learn. */
    void terminating() {
        terminating = true;
        if (mayKeepServer()) {
            end();
        }
    }

    /** True when the server has answered all that it was asked, and nothing has gone wrong. */
    private boolean mayKeepServer() {
        return lease != null
                && begun
                && !failed
                && !draining
                && server != null
                && server.isActive()
                && server.isWritable()
                && responses.isBetweenMessages()
                && !isInsideRequest()
                && serverPhase.isSettled()
                && !activity.isInTransaction();
    }

    /** Ends both connections and tells the client why. */
    void fail(ErrorResponse error) {
        if (ended) {
            return;
        }
        LOG.atWarn()
                .addKeyValue("client", client.remoteAddress())
                .addKeyValue("sqlstate", error.sqlState())
                .addKeyValue("reason", error.message())
                .log("session ended by Bauta");
        if (!responses.isInsideForwardedMessage()) {
            toClient(error, BackendType.ERROR_RESPONSE);
        }
        failed = true;
        attempted.turnAway(error.sqlState());
        end();
    }

    /** Ends both connections. */
    void end() {
        if (ended) {
            return;
        }
        boolean keeps = mayKeepServer();
        ended = true;
        backPressure.close();
        greeting.close();
        requests.close();
        responses.close();
        attempted.end(context.events());
        runAtEnd();
        Closing.afterFlush(client);
        if (keeps && lease != null && (cancels == null || cancels.end())) {
            context.pool().giveBack(lease);
        } else if (server != null) {
            Closing.afterFlush(server);
        }
    }

    /** What came last ends first: the session before the connection, and what is run in it before the session. */
    private void runAtEnd() {
        for (int i = atEnd.size() - 1; i >= 0; i--) {
            atEnd.get(i).run();
        }
    }

    /** The server has closed its connection. */
    void onServerClosed() {
        if (terminating || serverPhase.hasAnnouncedEnd()) {
            end();
        } else {
            fail(ErrorResponse.fatal("08006", "the PostgreSQL server closed the connection unexpectedly"));
        }
    }

    /** Something failed on the event loop. */
    void onException(Throwable cause, boolean fromServer) {
        if (cause instanceof ProtocolViolation violation) {
            fail(ErrorResponse.fatal(violation.sqlState(), violation.getMessage()));
        } else if (cause instanceof IOException || isTlsFailure(cause)) {
            onBrokenConnection(fromServer);
        } else {
            LOG.atError()
                    .addKeyValue("client", client.remoteAddress())
                    .setCause(WithoutMessage.of(cause))
                    .log("defect: session ended");
            fail(ErrorResponse.fatal("XX000", "internal error in Bauta"));
        }
    }

    private static boolean isTlsFailure(Throwable cause) {
        return cause instanceof DecoderException && cause.getCause() instanceof SSLException;
    }

    private void onBrokenConnection(boolean fromServer) {
        if (fromServer) {
            onServerClosed();
        } else {
            end();
        }
    }

    /** Runs what comes from outside the two channels' own events, whose failures would go unseen. */
    void guarded(Runnable action) {
        if (ended) {
            return;
        }
        try {
            action.run();
        } catch (Throwable e) {
            onException(e, false);
        }
    }
}
