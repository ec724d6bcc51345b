package dev.bauta.proxy.command;

import dev.bauta.proxy.files.UnusableFileException;
import dev.bauta.proxy.tls.ServerTls;
import dev.bauta.proxy.tls.ServerTlsSettings;
import dev.bauta.proxy.tls.ServerTlsSettings.Mode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the configuration file says of TLS with the PostgreSQL server. */
final class ServerTlsSection {
    private static final List<String> FILES = List.of("root-certificate", "certificate", "key");

    private ServerTlsSection() {}

    static ServerTlsSettings read(ConfigSection server) {
        Mode mode = server.findOneOf("tls", modes(), Mode.DISABLE);
        if (mode == Mode.DISABLE) {
            FILES.stream()
                    .filter(server::has)
                    .forEach(key -> server.report(key, "'server." + key + "' has no effect without 'server.tls'"));
            return ServerTlsSettings.NONE;
        }
        if (mode == Mode.REQUIRE && server.has("root-certificate")) {
            server.report(
                    "root-certificate", "'server.root-certificate' needs 'server.tls' to be verify-ca or verify-full");
        }
        if (server.has("certificate") != server.has("key")) {
            server.report(
                    server.has("key") ? "key" : "certificate",
                    "'server.certificate' and 'server.key' must be there together");
            return ServerTlsSettings.NONE;
        }
        Path root = server.findPath("root-certificate").orElse(null);
        Path certificate = server.findPath("certificate").orElse(null);
        Path key = server.findPath("key").orElse(null);
        if ((certificate == null) != (key == null)) {
            return ServerTlsSettings.NONE;
        }
        return requireUsable(server, new ServerTlsSettings(mode, root, certificate, key));
    }

    private static Map<String, Mode> modes() {
        Map<String, Mode> modes = new LinkedHashMap<>();
        for (Mode mode : Mode.values()) {
            modes.put(mode.label(), mode);
        }
        return modes;
    }

    private static ServerTlsSettings requireUsable(ConfigSection server, ServerTlsSettings settings) {
        try {
            var unused = ServerTls.load(settings);
        } catch (UnusableFileException e) {
            String key = FILES.stream()
                    .filter(candidate -> server.findPath(candidate).equals(Optional.of(e.file())))
                    .findFirst()
                    .orElse("tls");
            server.report(key, "'server." + key + "': " + e.getMessage());
        }
        return settings;
    }
}
