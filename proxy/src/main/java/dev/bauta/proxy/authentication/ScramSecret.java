package dev.bauta.proxy.authentication;

/** By what the proxy logs in to a server by SCRAM-SHA-256. */
public sealed interface ScramSecret permits ScramKeys, ServicePassword {
    /**
     * The keys for what the server hashes the password with.
     *
     * @throws ScramException when the keys are for something else
     */
    ScramKeys keys(byte[] salt, int iterations) throws ScramException;
}
