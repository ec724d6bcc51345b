package dev.bauta.proxy.command;

import dev.bauta.proxy.audit.AuditSettings;
import dev.bauta.proxy.audit.AuditSettings.OnFailure;
import dev.bauta.proxy.audit.AuditTable;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.serving.Operations;
import dev.bauta.proxy.serving.Operations.Admin;
import dev.bauta.proxy.serving.Secret;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the sections about watching a proxy: {@code audit} and {@code admin}. */
final class OperationsReader {
    /** The keys of the outermost level that are read here. */
    static final List<String> KEYS = List.of("audit", "admin");

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9}) ?(kB|MB|GB)");
    private static final Pattern TABLE = Pattern.compile("[a-z_][a-z0-9_]{0,62}(\\.[a-z_][a-z0-9_]{0,62})?");
    private static final int SHORTEST_TOKEN = 16;
    private static final int SHORTEST_KEY = 16;

    private OperationsReader() {}

    /**
     * Reads the sections.
     *
     * @param servers the PostgreSQL server, where the audit table is too unless it names another one
     */
    static Operations read(ConfigSection root, Path directory, PostgresServers servers) {
        return new Operations(
                root.has("audit")
                        ? toAudit(
                                root.section(
                                        "audit", "file", "rotate-size", "rotate-keep", "on-failure", "key", "table"),
                                directory,
                                servers)
                        : null,
                root.has("admin") ? toAdmin(root.section("admin", "listen", "token")) : null);
    }

    private static AuditSettings toAudit(ConfigSection section, Path directory, PostgresServers servers) {
        String key = section.findText("key").orElse(null);
        if (key != null && key.length() < SHORTEST_KEY) {
            section.report("key", "'audit.key' must have at least " + SHORTEST_KEY + " characters");
        }
        return new AuditSettings(
                directory.resolve(section.requireText("file", "name the file, such as 'file: audit.jsonl'")),
                toBytes(section),
                section.findNumber("rotate-keep", 0, 1_000_000, 0),
                toOnFailure(section),
                key,
                section.has("table")
                        ? toTable(
                                section.section("table", "database", "name", "user", "password", "host", "port"),
                                servers)
                        : null);
    }

    private static long toBytes(ConfigSection section) {
        Matcher size = SIZE.matcher(section.findText("rotate-size").orElse("100 MB"));
        if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
            section.report("rotate-size", "'audit.rotate-size' must be a number of kB, MB or GB, such as 100 MB");
            return 1;
        }
        int shift =
                switch (size.group(2)) {
                    case "kB" -> 10;
                    case "MB" -> 20;
                    default -> 30;
                };
        return Long.parseLong(size.group(1)) << shift;
    }

    private static OnFailure toOnFailure(ConfigSection section) {
        String text = section.findText("on-failure").orElse("refuse");
        if (!text.equals("refuse") && !text.equals("wait")) {
            section.report("on-failure", "'audit.on-failure' must be refuse or wait");
            return OnFailure.REFUSE;
        }
        return OnFailure.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static AuditTable toTable(ConfigSection section, PostgresServers servers) {
        String name = section.requireText("name", "name the table, such as 'name: bauta_audit'");
        if (!name.isEmpty() && !TABLE.matcher(name).matches()) {
            section.report("name", "'audit.table.name' must be a name in small letters, with a schema or without");
        }
        return new AuditTable(
                toServers(section, servers),
                section.requireText("database", "name the database in which the table is"),
                name,
                section.requireText("user", "name a user who may insert into the table"),
                section.findText("password").orElse(""));
    }

    /** What is said of TLS with the server holds for another host too. */
    private static PostgresServers toServers(ConfigSection section, PostgresServers servers) {
        if (!section.has("host") && !section.has("port")) {
            return servers;
        }
        Endpoint first = servers.hosts().get(0);
        Endpoint host = new Endpoint(
                section.findText("host").orElse(first.host()), section.findNumber("port", 1, 65_535, first.port()));
        return PostgresServers.of(host).withTls(servers.tls());
    }

    private static Admin toAdmin(ConfigSection section) {
        Endpoint listen = Endpoints.toEndpoint(section, "listen", "127.0.0.1:9632");
        String token = section.findText("token").orElse(null);
        if (token == null && !isLoopback(listen.host())) {
            section.report(
                    "listen",
                    "'admin.listen' is not a loopback address, so that 'admin.token' is required, such as 'token: ${env:BAUTA_ADMIN_TOKEN}'");
        } else if (token != null && token.length() < SHORTEST_TOKEN) {
            section.report("token", "'admin.token' must have at least " + SHORTEST_TOKEN + " characters");
        }
        return new Admin(listen, token == null ? null : new Secret(token));
    }

    /** A name is looked up nowhere: only what is certainly on this machine counts. */
    private static boolean isLoopback(String host) {
        InetAddress address = literal(host);
        return host.equals("localhost") || address != null && address.isLoopbackAddress();
    }

    private static @Nullable InetAddress literal(String host) {
        return NetUtil.createInetAddressFromIpAddressString(host);
    }
}
