package dev.bauta.proxy.tls;

import dev.bauta.proxy.files.UnusableFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and private keys in PEM (RFC 7468). Immutable.
 *
 * @param file where it is
 */
record PemFile(Path file) {
    private static final String BEGIN_CERTIFICATE = "-----BEGIN CERTIFICATE-----";
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN (RSA |EC |ENCRYPTED )PRIVATE KEY-----");
    /** PKCS #8 names the algorithm inside; Java must be told. */
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    /** The certificates, at least one, in the file's order. */
    X509Certificate[] certificates() throws UnusableFileException {
        byte[] content = read();
        if (!new String(content, StandardCharsets.US_ASCII).contains(BEGIN_CERTIFICATE)) {
            throw new UnusableFileException(file, "holds no certificate; it must be in PEM: " + BEGIN_CERTIFICATE);
        }
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return factory.generateCertificates(new ByteArrayInputStream(content))
                    .toArray(new X509Certificate[0]);
        } catch (CertificateException e) {
            throw new UnusableFileException(file, "holds a certificate that cannot be read");
        }
    }

    /** The private key. */
    PrivateKey privateKey() throws UnusableFileException {
        String content = new String(read(), StandardCharsets.US_ASCII);
        Matcher pkcs8 = PKCS8.matcher(content);
        if (pkcs8.find()) {
            return decode(pkcs8.group(1));
        }
        if (OTHER_KEY.matcher(content).find()) {
            throw new UnusableFileException(
                    file,
                    "holds a private key in another form than unencrypted PKCS #8; "
                            + "convert it by openssl pkcs8 -topk8 -nocrypt");
        }
        throw new UnusableFileException(file, "holds no private key; it must be in PEM: -----BEGIN PRIVATE KEY-----");
    }

    private PrivateKey decode(String base64) throws UnusableFileException {
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw unreadableKey();
        }
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                // Another algorithm's key.
            }
        }
        throw unreadableKey();
    }

    private UnusableFileException unreadableKey() {
        return new UnusableFileException(file, "holds a private key that cannot be read");
    }

    private byte[] read() throws UnusableFileException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UnusableFileException(file, "cannot be read");
        }
    }
}
