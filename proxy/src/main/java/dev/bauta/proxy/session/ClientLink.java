package dev.bauta.proxy.session;

import dev.bauta.policy.ClientOrigin;
import dev.bauta.proxy.tls.ClientTls;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** How a client is connected: from where, and encrypted by what. Event loop only. */
final class ClientLink {
    private final Channel client;
    private @Nullable ClientTls tls;
    private @Nullable SslHandler handler;

    ClientLink(Channel client) {
        this.client = client;
    }

    /** False for a Unix-domain socket. */
    boolean isTcp() {
        return client.remoteAddress() instanceof InetSocketAddress;
    }

    /** True from the handshake's first byte on. */
    boolean isEncrypted() {
        return handler != null;
    }

    /** Whatever the client sends from now on is TLS, and so is what it is sent. */
    void startTls(ClientTls with) {
        SslHandler added = with.newHandler(client.alloc());
        client.pipeline().addFirst(added);
        tls = with;
        handler = added;
    }

    /** What the connection is encrypted by; null when it is not. */
    @Nullable
    ClientTls tls() {
        return tls;
    }

    /** True when both sides said that they speak PostgreSQL's protocol inside TLS. */
    boolean hasAgreedOnProtocol() {
        return handler != null && ClientTls.APPLICATION_PROTOCOL.equals(handler.applicationProtocol());
    }

    /** The subject of the client's verified certificate; null when there is none. */
    @Nullable
    X500Principal certificateSubject() {
        if (handler == null) {
            return null;
        }
        try {
            return handler.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? certificate.getSubjectX500Principal()
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    /** Where the client is; null for a Unix-domain socket. An IPv4 address that came mapped into IPv6 is an IPv4 address. */
    @Nullable
    InetAddress address() {
        if (!(client.remoteAddress() instanceof InetSocketAddress inet)) {
            return null;
        }
        try {
            return InetAddress.getByAddress(inet.getAddress().getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address is 4 or 16 bytes long", e);
        }
    }

    /** What rules can know of where the client is. */
    ClientOrigin origin() {
        X500Principal subject = certificateSubject();
        return new ClientOrigin(
                address(), isEncrypted(), subject == null ? null : subject.getName(X500Principal.RFC2253));
    }
}
