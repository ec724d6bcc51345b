package dev.bauta.proxy.session;

import dev.bauta.engine.Session;
import dev.bauta.policy.Principal;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.NegotiateProtocolVersion;
import dev.bauta.proxy.wire.StartupMessage;
import dev.bauta.refusal.Refusal;
import dev.bauta.yaml.Words;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the startup message to the connection with the server. The server authenticates the user, Bauta does not. */
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
        if (isUnencryptedAgainstRule()) {
            refuse("28000", "Bauta takes connections with TLS only; set sslmode to require, or better to verify-full");
        } else if (startup.user().isEmpty()) {
            refuse("28000", "no PostgreSQL user name specified in startup packet");
        } else if (isTooLong(startup.user()) || isTooLong(startup.database())) {
            refuse("42622", "a user or database name is longer than 63 bytes");
        } else if (!context.limits().tryOpenSession()) {
            refuse("53300", "sorry, too many clients already");
        } else {
            conversation.atEnd(context.limits()::closeSession);
            open(startup);
        }
    }

    private boolean isUnencryptedAgainstRule() {
        ClientLink link = conversation.link();
        return context.access().encryption().required() && link.isTcp() && !link.isEncrypted();
    }

    private void open(StartupMessage startup) {
        Session session = context.sessions()
                .open(new Principal(
                        startup.user(), startup.database(), conversation.link().origin()));
        Refusal refusal = session.reviewStartup(startup.parameters());
        if (refusal != null) {
            conversation.fail(Refusals.toFatal(refusal));
        } else {
            connect(session, startup.understood().withParameters(session.startupSettings()), startup.negotiation());
        }
    }

    private void connect(Session session, StartupMessage startup, @Nullable NegotiateProtocolVersion negotiation) {
        var unused = context.server()
                .connect(conversation.client().eventLoop(), new ServerHandler(conversation))
                .whenComplete((server, failure) -> {
                    if (failure != null) {
                        onUnreachable(failure);
                    } else {
                        onConnected(server, session, startup, negotiation);
                    }
                });
    }

    private void onConnected(
            Channel server, Session session, StartupMessage startup, @Nullable NegotiateProtocolVersion negotiation) {
        if (conversation.isEnded()) {
            Closing.afterFlush(server);
        } else {
            conversation.guarded(() -> conversation.connected(server, session, startup, negotiation));
        }
    }

    private void onUnreachable(Throwable failure) {
        LOG.atError()
                .addKeyValue("server", context.server())
                .addKeyValue("failure", failure.getClass().getSimpleName())
                .addKeyValue("reason", Words.oneLine(String.valueOf(failure.getMessage())))
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
