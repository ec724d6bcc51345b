package dev.bauta.proxy.command;

import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.postgres.SessionTarget;
import dev.bauta.proxy.tls.ServerTlsSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the configuration file says of the PostgreSQL server. */
final class ServerSection {
    private static final int DEFAULT_PORT = 5432;
    private static final String ADVICE = "name the PostgreSQL server";
    /** A name or an address, and a port behind it where there is one; an IPv6 address with a port stands in brackets. */
    private static final Pattern HOST = Pattern.compile(
            "\\[(?<literal>[^\\[\\]]+)](?::(?<p1>[0-9]{1,5}))?|(?<name>/[^:\\[\\]]+|[^:\\[\\],]+)(?::(?<p2>[0-9]{1,5}))?"
                    + "|(?<bare>[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)");

    private ServerSection() {}

    static PostgresServers read(ConfigSection root) {
        ConfigSection section = root.section(
                "server", "host", "port", "target-session-attrs", "tls", "root-certificate", "certificate", "key");
        int port = section.findNumber("port", 1, 65_535, DEFAULT_PORT);
        List<Endpoint> hosts = section.requireOneOrMore("host", ADVICE).stream()
                .map(host -> toEndpoint(section, host, port))
                .toList();
        ServerTlsSettings tls = ServerTlsSection.read(section);
        boolean unix = hosts.stream().anyMatch(Endpoint::isUnixSocket);
        if (unix && hosts.size() > 1) {
            section.report("host", "'server.host': the directory of a Unix-domain socket must be the only host");
        } else if (unix && tls.mode() != ServerTlsSettings.Mode.DISABLE) {
            section.report("tls", "'server.tls' must be disable, as PostgreSQL has no TLS on Unix-domain sockets");
        }
        return new PostgresServers(
                hosts.isEmpty() || unix && hosts.size() > 1 ? List.of(new Endpoint("localhost", port)) : hosts,
                section.findOneOf("target-session-attrs", targets(), SessionTarget.ANY),
                tls);
    }

    private static Endpoint toEndpoint(ConfigSection section, String host, int otherwise) {
        Matcher form = HOST.matcher(host);
        String port = !form.matches() ? "0" : form.group("p1") == null ? form.group("p2") : form.group("p1");
        int number = port == null ? otherwise : Integer.parseInt(port);
        if (number < 1 || number > 65_535) {
            section.report(
                    "host",
                    "'server.host': '" + host
                            + "' must be HOST or HOST:PORT, such as db1.internal:5432, or a list of such");
            return new Endpoint("localhost", otherwise);
        }
        String literal = form.group("literal") == null ? form.group("bare") : form.group("literal");
        return new Endpoint(literal == null ? form.group("name") : literal, number);
    }

    private static Map<String, SessionTarget> targets() {
        Map<String, SessionTarget> targets = new LinkedHashMap<>();
        for (SessionTarget target : SessionTarget.values()) {
            targets.put(target.label(), target);
        }
        return targets;
    }
}
