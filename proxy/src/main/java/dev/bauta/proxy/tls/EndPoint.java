package dev.bauta.proxy.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Channel binding of the type {@code tls-server-end-point}, RFC 5929 section 4. */
final class EndPoint {
    private static final Pattern HASH_OF_SIGNATURE = Pattern.compile("(MD5|SHA-?[0-9]+)WITH.*");

    private EndPoint() {}

    /**
     * The hash of a server's certificate. Empty where the RFC defines none: the certificate's signature is by an algorithm
     * without a hash of its own, such as Ed25519.
     */
    static Optional<byte[]> of(X509Certificate certificate) {
        Matcher hash = HASH_OF_SIGNATURE.matcher(certificate.getSigAlgName().toUpperCase(Locale.ROOT));
        if (!hash.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    MessageDigest.getInstance(javaName(hash.group(1))).digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            return Optional.empty();
        }
    }

    /** The RFC puts SHA-256 in the place of MD5 and SHA-1. */
    private static String javaName(String hash) {
        String digits = hash.replaceAll("[^0-9]", "");
        return hash.equals("MD5") || digits.equals("1") ? "SHA-256" : "SHA-" + digits;
    }
}
