package dev.bauta.proxy.tls;

import dev.bauta.proxy.files.UnusableFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Map;

/**
 * A certificate with its chain, and the private key that belongs to it.
 *
 * @param chain the certificate first
 * @param key its private key
 */
record KeyPairFiles(X509Certificate[] chain, PrivateKey key) {
    /** How keys are tried, by what Java calls their algorithm. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    /**
     * Reads both.
     *
     * @throws UnusableFileException also when they do not belong together, as while one of them is replaced
     */
    static KeyPairFiles read(Path certificate, Path key) throws UnusableFileException {
        X509Certificate[] chain = new PemFile(certificate).certificates();
        PrivateKey privateKey = new PemFile(key).privateKey();
        if (!belongTogether(chain[0].getPublicKey(), privateKey)) {
            throw new UnusableFileException(key, "is not the private key of the certificate in " + certificate);
        }
        return new KeyPairFiles(chain, privateKey);
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        String algorithm = SIGNATURES.get(privateKey.getAlgorithm());
        if (algorithm == null) {
            return publicKey.getAlgorithm().equals(privateKey.getAlgorithm());
        }
        byte[] message = {1};
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update(message);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "KeyPairFiles[" + chain[0].getSubjectX500Principal() + "]";
    }
}
