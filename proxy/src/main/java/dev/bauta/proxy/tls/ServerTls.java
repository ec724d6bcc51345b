package dev.bauta.proxy.tls;

import dev.bauta.proxy.files.UnusableFileException;
import dev.bauta.proxy.tls.ServerTlsSettings.Mode;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/** TLS with the PostgreSQL server, in which the proxy is what TLS calls the client. Immutable. */
public final class ServerTls {
    private final JdkSslContext context;

    private ServerTls(JdkSslContext context) {
        this.context = context;
    }

    /** Reads the files. */
    public static ServerTls load(ServerTlsSettings settings) throws UnusableFileException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols(TlsVersion.V1_2.andNewer())
                .applicationProtocolConfig(ApplicationProtocolConfig.DISABLED)
                .endpointIdentificationAlgorithm(settings.mode() == Mode.VERIFY_FULL ? "HTTPS" : null);
        Path root = settings.rootCertificate();
        if (settings.mode() == Mode.REQUIRE) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else if (root != null) {
            builder.trustManager(new PemFile(root).certificates());
        }
        Path certificate = settings.certificate();
        Path key = settings.key();
        if (certificate != null && key != null) {
            KeyPairFiles own = KeyPairFiles.read(certificate, key);
            builder.keyManager(own.key(), own.chain());
        }
        try {
            return new ServerTls((JdkSslContext) builder.build());
        } catch (SSLException e) {
            throw new IllegalStateException("Java offers no TLS", e);
        }
    }

    /**
     * What encrypts one connection.
     *
     * @param host the name or address that the certificate must be for, if that is checked
     */
    public SslHandler newHandler(ByteBufAllocator allocator, String host, int port) {
        return context.newHandler(allocator, host, port);
    }

    /** For JDBC. Whom the certificate is for is not checked by its sockets. */
    public SSLSocketFactory socketFactory() {
        return context.context().getSocketFactory();
    }
}
