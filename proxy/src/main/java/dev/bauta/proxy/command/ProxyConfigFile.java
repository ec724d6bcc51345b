package dev.bauta.proxy.command;

import dev.bauta.proxy.Transport;
import dev.bauta.proxy.UnixSocket;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.serving.Operations;
import dev.bauta.proxy.serving.ProxyConfig;
import dev.bauta.proxy.serving.ProxyConfig.Access;
import dev.bauta.proxy.serving.ProxyConfig.Catalog;
import dev.bauta.proxy.serving.Secret;
import dev.bauta.proxy.session.Limits;
import dev.bauta.yaml.FileText;
import dev.bauta.yaml.InvalidFileException;
import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.YamlReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the configuration file of {@code bauta proxy}; {@code docs/proxy.md} explains it option by option. */
public final class ProxyConfigFile {
    private static final List<String> KEYS = Stream.concat(
                    Stream.of(
                            "listen",
                            "unix-socket",
                            "transport",
                            "server",
                            "catalog",
                            "tls",
                            "authentication",
                            "allowed-networks",
                            "rules",
                            "limits",
                            "pool"),
                    OperationsReader.KEYS.stream())
            .toList();
    private static final Map<String, Transport> TRANSPORTS =
            new TreeMap<>(Map.of("epoll", Transport.EPOLL, "io_uring", Transport.IO_URING, "nio", Transport.NIO));
    /** In bytes. */
    private static final int LARGEST = 1024 * 1024;

    private ProxyConfigFile() {}

    /**
     * Reads and checks a file. Relative paths in it start from the directory where it lies.
     *
     * @param environment what {@code ${env:NAME}} can name
     * @throws CommandFailure with a line for every problem, each with file, line and column
     */
    public static ProxyConfig load(Path file, Map<String, String> environment) throws CommandFailure {
        try {
            return read(file, environment);
        } catch (InvalidFileException e) {
            throw Failures.toFailure(e);
        }
    }

    /**
     * The same for a proxy that runs.
     *
     * @throws InvalidFileException with every problem
     */
    static ProxyConfig read(Path file, Map<String, String> environment) throws InvalidFileException {
        Path absolute = file.toAbsolutePath().normalize();
        Path directory = absolute.getParent() == null ? absolute : absolute.getParent();
        Placeholders placeholders = new Placeholders(directory, environment);
        Problems problems = new Problems(file.toString());
        Node root = YamlReader.read(FileText.read(file, LARGEST, problems), problems);
        ProxyConfig config = toConfig(ConfigSection.of(root, KEYS, placeholders, problems), directory);
        problems.throwIfAny();
        return config;
    }

    private static ProxyConfig toConfig(ConfigSection root, Path directory) {
        Endpoint listen = Endpoints.toEndpoint(root, "listen", "127.0.0.1:6432");
        UnixSocket socket = UnixSocketSection.read(root, listen.port());
        PostgresServers servers = ServerSection.read(root);
        Catalog catalog = toCatalog(root.section(
                "catalog", "user", "password", "databases", "refresh-seconds", "max-age-seconds", "listen"));
        Access access = AccessSections.read(root, catalog);
        Path rules = directory.resolve(root.requireText("rules", "name the rule file, such as 'rules: rules.yaml'"));
        Limits limits = LimitsSection.read(root).withPool(PoolSection.read(root, access.login()));
        Operations operations = OperationsReader.read(root, directory, servers);
        return new ProxyConfig(listen, socket, toTransport(root), servers, catalog, access, rules, limits, operations);
    }

    private static Transport toTransport(ConfigSection root) {
        Transport transport = root.findOneOf("transport", TRANSPORTS, Transport.best());
        if (!transport.isAvailable()) {
            root.report("transport", "'transport': this machine does not let it be used; leave the option out");
        }
        return transport;
    }

    private static Catalog toCatalog(ConfigSection section) {
        int refresh = section.findNumber("refresh-seconds", 1, 3_600, 2);
        int maxAge = (int) Catalog.MAX_AGE.toSeconds();
        return new Catalog(
                section.requireText("user", "name a role that may read the system catalogs"),
                new Secret(section.findText("password").orElse("")),
                section.requireTexts("databases", "list the databases to serve"),
                Duration.ofSeconds(refresh),
                Duration.ofSeconds(
                        section.findNumber("max-age-seconds", 2 * refresh, 86_400, Math.max(maxAge, 2 * refresh))),
                section.findText("listen").orElse(null));
    }
}
