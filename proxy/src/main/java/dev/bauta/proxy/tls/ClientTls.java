package dev.bauta.proxy.tls;

import dev.bauta.proxy.files.UnusableFileException;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** TLS with clients, in which the proxy is what TLS calls the server. Immutable. */
public final class ClientTls {
    /** By which PostgreSQL is named in TLS (ALPN); without it, what a client sends could be meant for a web server. */
    public static final String APPLICATION_PROTOCOL = "postgresql";

    private static final ApplicationProtocolConfig ALPN = new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.FATAL_ALERT,
            SelectedListenerFailureBehavior.ACCEPT,
            APPLICATION_PROTOCOL);

    private final SslContext context;
    private final Optional<byte[]> endPoint;

    private ClientTls(SslContext context, Optional<byte[]> endPoint) {
        this.context = context;
        this.endPoint = endPoint;
    }

    /** Reads the files. */
    public static ClientTls load(ClientTlsSettings settings) throws UnusableFileException {
        KeyPairFiles own = KeyPairFiles.read(settings.certificate(), settings.key());
        SslContextBuilder builder = SslContextBuilder.forServer(own.key(), own.chain())
                .sslProvider(SslProvider.JDK)
                .protocols(settings.minimum().andNewer())
                .applicationProtocolConfig(ALPN)
                .clientAuth(toClientAuth(settings.clientCertificates()));
        Path authority = settings.clientAuthority();
        if (authority != null) {
            builder.trustManager(new PemFile(authority).certificates());
        }
        try {
            return new ClientTls(builder.build(), EndPoint.of(own.chain()[0]));
        } catch (SSLException e) {
            throw new UnusableFileException(settings.certificate(), "cannot be used for TLS");
        }
    }

    private static ClientAuth toClientAuth(ClientCertificates certificates) {
        return switch (certificates) {
            case NONE -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.OPTIONAL;
            case REQUIRED -> ClientAuth.REQUIRE;
        };
    }

    /** What encrypts one connection. The login time-out covers the handshake. */
    public SslHandler newHandler(ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator);
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    /** What clients bind their login to: the hash of the proxy's certificate; empty where none is defined for it. */
    public Optional<byte[]> endPoint() {
        return endPoint.map(byte[]::clone);
    }
}
