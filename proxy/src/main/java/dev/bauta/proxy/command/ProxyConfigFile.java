package dev.bauta.proxy.command;

import dev.bauta.proxy.serving.ProxyConfig;
import dev.bauta.proxy.serving.ProxyConfig.Catalog;
import dev.bauta.proxy.serving.ProxyConfig.Endpoint;
import dev.bauta.proxy.serving.ProxyConfig.Limits;
import dev.bauta.proxy.serving.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the configuration file of {@code bauta proxy}; {@code docs/proxy.md} explains it option by option. */
public final class ProxyConfigFile {
    private static final int DEFAULT_LISTEN_PORT = 6432;
    private static final int DEFAULT_SERVER_PORT = 5432;

    private ProxyConfigFile() {}

    /**
     * Reads and checks a file. Relative paths in it start from the directory where it lies.
     *
     * @param environment what {@code ${env:NAME}} can name
     * @throws CommandFailure with a line for every problem, each with file, line and column
     */
    public static ProxyConfig load(Path file, Map<String, String> environment) throws CommandFailure {
        Path directory = file.toAbsolutePath().normalize().getParent();
        if (directory == null) {
            throw new CommandFailure(ExitStatus.CONFIGURATION, file + ": is a directory");
        }
        List<String> problems = new ArrayList<>();
        ConfigSection root =
                new ConfigSection(YamlReader.read(file), new Placeholders(directory, environment), problems);
        ProxyConfig config = toConfig(root, directory);
        if (!problems.isEmpty()) {
            throw new CommandFailure(ExitStatus.CONFIGURATION, problems);
        }
        return config;
    }

    private static ProxyConfig toConfig(ConfigSection root, Path directory) {
        Endpoint listen = toListen(root);
        Endpoint server = toServer(root.section("server"));
        Catalog catalog = toCatalog(root.section("catalog"));
        Path rules = directory.resolve(root.requireText("rules"));
        Limits limits = toLimits(root.section("limits"));
        root.finish();
        return new ProxyConfig(listen, server, catalog, rules, limits);
    }

    /** {@code host:port}, {@code [::1]:port}, or a port alone on the loopback interface. */
    private static Endpoint toListen(ConfigSection root) {
        String text = root.findText("listen").orElse("127.0.0.1:" + DEFAULT_LISTEN_PORT);
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        String port = text.substring(colon + 1);
        boolean valid = !host.isEmpty() && port.matches("[0-9]{1,5}");
        if (!valid || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            root.report(root.placeOf("listen"), "'listen' must be HOST:PORT, such as 127.0.0.1:6432");
            return new Endpoint("127.0.0.1", DEFAULT_LISTEN_PORT);
        }
        return new Endpoint(host, Integer.parseInt(port));
    }

    private static Endpoint toServer(ConfigSection section) {
        Endpoint server =
                new Endpoint(section.requireText("host"), section.findNumber("port", 1, 65_535, DEFAULT_SERVER_PORT));
        section.finish();
        return server;
    }

    private static Catalog toCatalog(ConfigSection section) {
        Catalog catalog = new Catalog(
                section.requireText("user"),
                new Secret(section.findText("password").orElse("")),
                section.requireTexts("databases"),
                Duration.ofSeconds(section.findNumber("refresh-seconds", 1, 3_600, 2)));
        section.finish();
        return catalog;
    }

    private static Limits toLimits(ConfigSection section) {
        int sessions = section.findNumber("sessions", 1, 100_000, Limits.DEFAULT.sessions());
        int connections = section.findNumber("connections", 1, 200_000, 2 * sessions);
        if (connections < sessions) {
            section.report(
                    section.placeOf("connections"), "'limits.connections' must not be less than 'limits.sessions'");
        }
        Duration login = toSeconds(section, "login-seconds", Limits.DEFAULT.login());
        Duration connect = toSeconds(section, "connect-seconds", Limits.DEFAULT.connect());
        section.finish();
        return new Limits(sessions, connections, login, connect);
    }

    private static Duration toSeconds(ConfigSection section, String key, Duration otherwise) {
        return Duration.ofSeconds(section.findNumber(key, 1, 3_600, Math.toIntExact(otherwise.toSeconds())));
    }
}
