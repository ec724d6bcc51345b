package dev.bauta.proxy.serving;

import dev.bauta.yaml.InvalidFileException;

/** Where the configuration of a running proxy is read anew. */
@FunctionalInterface
public interface ConfigSource {
    /**
     * Reads it.
     *
     * @throws InvalidFileException when it has problems
     */
    ProxyConfig read() throws InvalidFileException;
}
