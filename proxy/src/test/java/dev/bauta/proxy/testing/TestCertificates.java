package dev.bauta.proxy.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** An authority of a test's own, and certificates that it issues, as files in a directory. */
public final class TestCertificates {
    private final Path directory;
    private final X509Bundle authority;

    /** A new authority, whose certificate is {@code ca.crt}. */
    public TestCertificates(Path directory) {
        this.directory = directory;
        try {
            this.authority =
                    builder("CN=Test CA").setIsCertificateAuthority(true).buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        write("ca.crt", authority.getRootCertificatePEM());
    }

    private static CertificateBuilder builder(String subject) {
        return new CertificateBuilder().ecp256().subject(subject);
    }

    /** Issues a server's certificate for {@code localhost} and 127.0.0.1, as {@code name.crt} and {@code name.key}. */
    public X509Bundle issueForServer(String name) {
        return issue(name, builder("CN=localhost").addSanDnsName("localhost").addSanIpAddress("127.0.0.1"));
    }

    /** Issues a certificate, as {@code name.crt} and {@code name.key}. */
    public X509Bundle issue(String name, CertificateBuilder certificate) {
        try {
            X509Bundle issued = certificate.buildIssuedBy(authority);
            write(name + ".crt", issued.getCertificatePathPEM());
            write(name + ".key", issued.getPrivateKeyPEM());
            return issued;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Issues a client's certificate. */
    public X509Bundle issueForClient(String name, String subject) {
        return issue(name, builder(subject));
    }

    /** A file in the directory. */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /** What a client of this authority connects with; it shows the certificate if there is one. */
    public SSLContext clientContext(@Nullable X509Bundle own) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    own == null ? new KeyManager[0] : keyManagers(own),
                    new TrustManager[] {authority.toTrustManager()},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyManager[] keyManagers(X509Bundle own) throws GeneralSecurityException {
        char[] password = "x".toCharArray();
        KeyStore store = own.toKeyStore(password);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private void write(String name, String content) {
        try {
            Path file = Files.writeString(file(name), content);
            if (name.endsWith(".key")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
