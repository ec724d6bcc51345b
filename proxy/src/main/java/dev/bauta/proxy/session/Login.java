package dev.bauta.proxy.session;

import dev.bauta.engine.Session;
import dev.bauta.policy.Principal;
import dev.bauta.proxy.authentication.Credential;
import dev.bauta.proxy.authentication.Credentials;
import dev.bauta.proxy.authentication.ScramSecret;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.session.Authentication.Account;
import dev.bauta.proxy.session.ServerConnector.Link;
import dev.bauta.proxy.tls.HandshakeFailure;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.NegotiateProtocolVersion;
import dev.bauta.proxy.wire.StartupMessage;
import dev.bauta.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the startup message to the connection with the server. Who authenticates the user is said by {@link ClientAccess}. */
final class Login {
    private static final Logger LOG = LoggerFactory.getLogger(Login.class);

    /**
     * {@code NAMEDATALEN - 1}. Servers before PostgreSQL 17 cut longer names of users and databases and log in whom the
     * cut name belongs to, who then would not be the principal whose role was looked up.
     */
    private static final int MAX_NAME_BYTES = 63;

    private final Conversation conversation;
    private final ProxyContext context;

    Login(Conversation conversation, ProxyContext context) {
        this.conversation = conversation;
        this.context = context;
    }

    void begin(StartupMessage startup) {
        conversation.attempted().begin(startup, conversation.link());
        if (!context.access().allows(conversation.link().address())) {
            refuse(
                    "28000",
                    "Bauta takes no connections from this address; see 'allowed-networks' in its configuration");
        } else if (isUnencryptedAgainstRule()) {
            refuse("28000", "Bauta takes connections with TLS only; set sslmode to require, or better to verify-full");
        } else if (startup.user().isEmpty()) {
            refuse("28000", "no PostgreSQL user name specified in startup packet");
        } else if (isTooLong(startup.user()) || isTooLong(startup.database())) {
            refuse("42622", "a user or database name is longer than 63 bytes");
        } else {
            new Admission(conversation, context).request(() -> authenticate(startup));
        }
    }

    private void authenticate(StartupMessage startup) {
        Authentication authentication = context.access().authentication();
        if (authentication instanceof Authentication.Scram scram) {
            find(scram.credentials(), startup, credential -> prove(startup, credential, scram.account()));
        } else if (authentication instanceof Authentication.Certificate certificate) {
            acceptCertificate(startup, certificate.account());
        } else {
            StartupMessage understood = startup.understood();
            NegotiateProtocolVersion negotiation = startup.negotiation(understood);
            Session session = open(startup);
            if (session != null) {
                StartupMessage sent = understood.withParameters(session.startupSettings());
                connect(session, sent, new AuthenticationRelay(conversation, session, negotiation), null);
            }
        }
    }

    private void find(Credentials credentials, StartupMessage startup, Consumer<Credential> then) {
        var unused = credentials.of(startup.user()).whenComplete((credential, failure) -> conversation
                .client()
                .eventLoop()
                .execute(() -> conversation.guarded(() -> {
                    if (failure == null) {
                        then.accept(credential);
                        conversation.flush();
                    } else {
                        LOG.atError()
                                .addKeyValue("failure", failure.getClass().getSimpleName())
                                .log("verifiers cannot be read");
                        refuse("08001", "Bauta cannot read the verifiers of passwords");
                    }
                })));
    }

    private void prove(StartupMessage startup, Credential credential, @Nullable Account account) {
        StartupMessage understood = startup.understoodByAll();
        new ScramLogin(
                        conversation,
                        credential,
                        startup.user(),
                        keys -> logIn(startup, understood, account, account == null ? keys : account.password()))
                .begin(startup.negotiation(understood));
    }

    private void acceptCertificate(StartupMessage startup, @Nullable Account account) {
        if (!CertificateLogin.isFor(conversation.link().certificateSubject(), startup.user())) {
            refuse("28000", "certificate authentication failed for user \"" + startup.user() + "\"");
            return;
        }
        StartupMessage understood = startup.understoodByAll();
        NegotiateProtocolVersion negotiation = startup.negotiation(understood);
        if (negotiation != null) {
            conversation.toClient(negotiation.encode(conversation.client().alloc()));
        }
        logIn(startup, understood, account, account == null ? null : account.password());
    }

    /** Rules and audit know the user who was authenticated, and the server the account, where there is one. */
    private void logIn(
            StartupMessage startup,
            StartupMessage understood,
            @Nullable Account account,
            @Nullable ScramSecret secret) {
        StartupMessage sent = account == null
                ? understood
                : understood.withParameters(Map.of("user", account.user(), "database", startup.database()));
        Session session = open(startup);
        if (session != null) {
            StartupMessage whole = sent.withParameters(session.startupSettings());
            ServerPhase login = new ServerLogin(conversation, session, secret);
            ServerPool.Key key = context.pool().isOpen() && !session.isRaw()
                    ? new ServerPool.Key(conversation.client().eventLoop(), startup.user(), whole)
                    : null;
            ServerLease kept = key == null ? null : takeKept(key);
            if (kept == null) {
                connect(session, whole, login, key);
            } else {
                conversation.resumed(kept, session, whole, login);
            }
        }
    }

    /** A connection that was kept, to a server that is still one to go to. */
    private @Nullable ServerLease takeKept(ServerPool.Key key) {
        ServerLease kept = context.pool().take(key);
        while (kept != null && !isRight(kept.link())) {
            ServerPool.discard(kept);
            kept = context.pool().take(key);
        }
        return kept;
    }

    private boolean isRight(Link link) {
        List<Endpoint> candidates = context.server().servers().candidates();
        return link.channel().isActive()
                && !candidates.isEmpty()
                && candidates.get(0).equals(link.location().host());
    }

    private boolean isUnencryptedAgainstRule() {
        ClientLink link = conversation.link();
        return context.access().encryption().required() && link.isTcp() && !link.isEncrypted();
    }

    /** The session of who has been, or is to be, authenticated; null when it may not begin. */
    private @Nullable Session open(StartupMessage startup) {
        if (!context.sessions().serves(startup.database())) {
            refuse(
                    "3D000",
                    "Bauta does not serve the database \"" + startup.database()
                            + "\"; see 'catalog.databases' in its configuration");
            return null;
        }
        Session session = context.sessions()
                .open(new Principal(
                        startup.user(), startup.database(), conversation.link().origin()));
        Refusal refusal = session.reviewStartup(startup.parameters());
        if (refusal != null) {
            conversation.fail(Refusals.toFatal(refusal));
            return null;
        }
        return session;
    }

    /**
     * Connects the session.
     *
     * @param startup what goes to the server of the startup message
     * @param login what becomes of the server's messages until it has let the session in
     * @param key whose the connection can be afterwards; null for nobody's
     */
    private void connect(Session session, StartupMessage startup, ServerPhase login, ServerPool.@Nullable Key key) {
        var unused = context.server()
                .connect(conversation.client().eventLoop(), () -> new ServerHandler(conversation))
                .whenComplete((link, failure) -> {
                    if (failure != null) {
                        onUnreachable(failure);
                    } else {
                        ServerLease kept = key == null ? null : new ServerLease(key, link);
                        onConnected(link, session, startup, login, kept);
                    }
                });
    }

    private void onConnected(
            Link link, Session session, StartupMessage startup, ServerPhase login, @Nullable ServerLease kept) {
        if (conversation.isEnded()) {
            Closing.afterFlush(link.channel());
        } else {
            conversation.guarded(() -> conversation.connected(link, session, startup, login, kept));
        }
    }

    private void onUnreachable(Throwable failure) {
        LOG.atError()
                .addKeyValue("server", context.server())
                .addKeyValue("failure", failure.getClass().getSimpleName())
                .addKeyValue("reason", HandshakeFailure.reason(failure))
                .log("PostgreSQL server is unreachable");
        refuse("08001", "Bauta cannot reach the PostgreSQL server at " + context.server());
    }

    private void refuse(String sqlState, String message) {
        conversation.fail(ErrorResponse.fatal(sqlState, message));
    }

    private static boolean isTooLong(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES;
    }
}
