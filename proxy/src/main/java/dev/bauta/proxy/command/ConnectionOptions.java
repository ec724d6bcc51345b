package dev.bauta.proxy.command;

import dev.bauta.proxy.postgres.ConnectFailure;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.postgres.SafePath;
import dev.bauta.proxy.serving.ProxyConfig;
import java.io.Console;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Option;

/**
 * Options of commands that look at a live database: where it is and as whom to read it. What is not given comes from the
 * proxy's configuration where {@code --config} names one, and else from defaults. A password never stands on the command line,
 * which other users of the machine can read.
 */
final class ConnectionOptions {
    private static final int CONNECT_SECONDS = 10;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Take server, user, password and the first database from this configuration of the proxy.")
    private @Nullable Path config;

    @Option(names = "--host", paramLabel = "HOST", description = "The PostgreSQL server. Default: localhost.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "Its port. Default: 5432.")
    private @Nullable Integer port;

    @Option(names = "--user", paramLabel = "USER", description = "The database user. Default: postgres.")
    private @Nullable String user;

    @Option(names = "--database", paramLabel = "NAME", description = "The database. Default: the user's name.")
    private @Nullable String database;

    @Option(
            names = "--password-from",
            paramLabel = "SOURCE",
            description = "Where the password is: env:NAME, file:PATH (its first line) or prompt. "
                    + "Default: the environment variable PGPASSWORD, if it is set.")
    private @Nullable String passwordFrom;

    /**
     * What the options come to. Immutable; shows no password.
     *
     * @param servers the server, or several of which one is chosen
     * @param database the database
     * @param user the user
     * @param password the user's password, empty for none
     */
    record Target(PostgresServers servers, String database, String user, String password) {
        @Override
        public String toString() {
            return "database " + database + " as " + user + "@" + servers;
        }
    }

    /**
     * Opens a connection whose search_path holds PostgreSQL's own schema alone: whoever owns the database, or may create things in a schema of the
     * user's search_path, could have put operators there that queries of the driver's and ours would call.
     *
     * @param environment the environment variables
     * @throws CommandFailure when the options or the configuration are wrong, or the server does not let the user in
     */
    Connection open(Map<String, String> environment) throws CommandFailure {
        Connection connection = openInOwnPath(environment);
        try {
            return SafePath.in(connection);
        } catch (SQLException e) {
            throw Failures.unreadable(e);
        }
    }

    /** Opens a connection that has the user's own search_path; nothing should be run on it in that path. */
    Connection openInOwnPath(Map<String, String> environment) throws CommandFailure {
        Target target = target(environment);
        PGSimpleDataSource source = target.servers()
                .dataSource(
                        target.database(),
                        target.user(),
                        target.password(),
                        "bauta",
                        Duration.ofSeconds(CONNECT_SECONDS),
                        Duration.ZERO);
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new CommandFailure(
                    ExitStatus.UNREACHABLE, "cannot connect to " + target + ": " + ConnectFailure.reason(e));
        }
    }

    /** What the options, the configuration and the defaults come to. */
    Target target(Map<String, String> environment) throws CommandFailure {
        ProxyConfig proxy = configuration(environment).orElse(null);
        String configuredUser = proxy == null ? "postgres" : proxy.catalog().user();
        String asUser = user == null ? configuredUser : user;
        String configuredDatabase =
                proxy == null ? asUser : proxy.catalog().databases().get(0);
        return new Target(
                servers(proxy),
                database == null ? configuredDatabase : database,
                asUser,
                password(proxy, asUser.equals(configuredUser), environment));
    }

    /** The rule file that the configuration names, where there is a configuration. */
    Optional<Path> rules(Map<String, String> environment) throws CommandFailure {
        return configuration(environment).map(ProxyConfig::rules);
    }

    /** The proxy's configuration, where one is named. */
    private Optional<ProxyConfig> configuration(Map<String, String> environment) throws CommandFailure {
        return config == null ? Optional.empty() : Optional.of(ProxyConfigFile.load(config, environment));
    }

    /** What the configuration says of TLS holds for another host too. */
    private PostgresServers servers(@Nullable ProxyConfig proxy) throws CommandFailure {
        PostgresServers configured =
                proxy == null ? PostgresServers.of(new Endpoint("localhost", 5432)) : proxy.servers();
        if (host == null && port == null) {
            return configured;
        }
        Endpoint first = configured.hosts().get(0);
        int given = port == null ? first.port() : port;
        if (given < 1 || given > 65_535) {
            throw new CommandFailure(ExitStatus.USAGE, "--port must be from 1 to 65535");
        }
        return PostgresServers.of(new Endpoint(host == null ? first.host() : host, given))
                .withTls(configured.tls());
    }

    private String password(@Nullable ProxyConfig proxy, boolean configuredUser, Map<String, String> environment)
            throws CommandFailure {
        if (passwordFrom == null) {
            String fromEnvironment = environment.getOrDefault("PGPASSWORD", "");
            return proxy != null && configuredUser ? proxy.catalog().password().value() : fromEnvironment;
        }
        return readPassword("--password-from", passwordFrom, environment);
    }

    /**
     * Reads a password from where an option says.
     *
     * @param option the option's name for messages
     * @param source {@code env:NAME}, {@code file:PATH} or {@code prompt}
     */
    static String readPassword(String option, String source, Map<String, String> environment) throws CommandFailure {
        if (source.equals("prompt")) {
            return ask(option);
        }
        if (!source.startsWith("env:") && !source.startsWith("file:")) {
            throw new CommandFailure(
                    ExitStatus.USAGE, option + " must be env:NAME, file:PATH or prompt, not the password itself");
        }
        try {
            return new Placeholders(Path.of("").toAbsolutePath(), environment).resolve("${" + source + "}");
        } catch (Placeholders.UnresolvedException e) {
            throw new CommandFailure(ExitStatus.USAGE, option + ": " + e.getMessage());
        }
    }

    /** From Java 22 on there is a console without a terminal too, which has nothing to read. */
    @SuppressWarnings("SystemConsoleNull")
    private static String ask(String option) throws CommandFailure {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Password: ");
        if (typed == null) {
            throw new CommandFailure(ExitStatus.USAGE, option + " prompt needs a terminal; use env:NAME or file:PATH");
        }
        return new String(typed);
    }
}
