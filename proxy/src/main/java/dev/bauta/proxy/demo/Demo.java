package dev.bauta.proxy.demo;

import dev.bauta.proxy.catalog.CatalogUnavailableException;
import dev.bauta.proxy.files.UnusableFileException;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.serving.ProxyConfig;
import dev.bauta.proxy.serving.RunningProxy;
import dev.bauta.proxy.serving.Secret;
import dev.bauta.proxy.session.Limits;
import dev.bauta.yaml.InvalidFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The demonstration, running: a PostgreSQL server with invented people, and the proxy in front of it. Not thread-safe.
 */
public final class Demo implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String SHOWN = "SELECT email, card_number, birth_date FROM customers ORDER BY id LIMIT 6";
    private static final int WIDTH = 120;

    private final PrintWriter out;
    private final DemoFiles files;
    private final DemoServer server;
    private final RunningProxy proxy;
    private final int port;

    private Demo(PrintWriter out, DemoFiles files, DemoServer server, RunningProxy proxy, int port) {
        this.out = out;
        this.files = files;
        this.server = server;
        this.proxy = proxy;
        this.port = port;
    }

    /**
     * Starts everything and says so as it goes.
     *
     * @param port where the proxy listens on the loopback interface
     * @throws java.net.BindException when the port is in use
     */
    public static Demo start(int port, PrintWriter out)
            throws IOException, SQLException, InvalidFileException, UnusableFileException, CatalogUnavailableException {
        RunningProxy.requireFree(new Endpoint(HOST, port));
        DemoFiles files = DemoFiles.create();
        DemoServer server = null;
        try {
            out.println("Starting PostgreSQL 15 ...");
            DemoData data = DemoData.generate();
            server = DemoServer.start(files.directory(), data);
            out.printf("Loaded %,d rows of invented people into three schemas.%n", data.rows());
            RunningProxy proxy = RunningProxy.start(config(port, server, files.rules()));
            out.printf("Bauta listens on %s:%d, with the rules of %s%n", HOST, port, files.rules());
            return new Demo(out, files, server, proxy, port);
        } catch (IOException
                | SQLException
                | InvalidFileException
                | UnusableFileException
                | CatalogUnavailableException
                | RuntimeException e) {
            if (server != null) {
                server.close();
            }
            files.close();
            throw e;
        }
    }

    private static ProxyConfig config(int port, DemoServer server, Path rules) {
        return new ProxyConfig(
                new Endpoint(HOST, port),
                PostgresServers.of(new Endpoint(HOST, server.port())),
                new ProxyConfig.Catalog(
                        DemoServer.OWNER,
                        new Secret(DemoServer.OWNER),
                        List.of(DemoServer.DATABASE),
                        Duration.ofSeconds(2)),
                ProxyConfig.Access.DEFAULT,
                rules,
                Limits.DEFAULT);
    }

    /** Prints the same rows raw and masked. */
    public void showMasks() throws SQLException {
        TextTable raw = fetch(server.connect(DemoServer.ANALYST));
        TextTable masked = fetch(DriverManager.getConnection(url(), DemoServer.ANALYST, DemoServer.ANALYST));
        out.println();
        out.println(SHOWN);
        out.println();
        TextTable.sideBySide("straight from PostgreSQL", raw, "through Bauta", masked, WIDTH)
                .forEach(out::println);
        out.println();
    }

    private static TextTable fetch(Connection connection) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(SHOWN)) {
            List<String> header = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            for (int column = 1; column <= columns; column++) {
                header.add(result.getMetaData().getColumnLabel(column));
            }
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    String cell = result.getString(column);
                    row.add(cell == null ? "" : cell);
                }
                rows.add(row);
            }
            return new TextTable(header, rows);
        }
    }

    /**
     * Sends hostile statements and prints their answers.
     *
     * @return true when nothing raw came through
     */
    public boolean attack() throws SQLException, InterruptedException {
        try (Connection raw = server.connect(DemoServer.OWNER)) {
            RawValues values = ProtectedColumns.read(raw);
            Attack attack = new Attack(new Client(url(), DemoServer.ANALYST), values);
            return attack.run(HostileStatement.all(ProtectedColumns.someEmail(raw)), out);
        }
    }

    /** Prints what to paste into a shell or an application. */
    public void showHowToConnect() {
        out.println("Connect as the analyst, who is shown masks:");
        out.printf("  psql 'postgresql://%s:%s@%s:%d/%s'%n", user(), user(), HOST, port, DemoServer.DATABASE);
        out.printf("  %s?user=%s&password=%s%n", url(), user(), user());
        out.println("or past the proxy, through Bauta's own JDBC driver:");
        out.printf(
                "  jdbc:bauta:postgresql://%s:%d/%s?user=%s&password=%s&bautaRules=%s%n",
                HOST, server.port(), DemoServer.DATABASE, user(), user(), files.rules());
        out.printf("As %s (password %1$s) the same port shows everything raw.%n", DemoServer.OWNER);
        out.printf("Change the rules while this runs: %s%n", files.rules());
        out.println();
        out.println("Serving until Ctrl-C.");
    }

    private static String user() {
        return DemoServer.ANALYST;
    }

    private String url() {
        return "jdbc:postgresql://%s:%d/%s".formatted(HOST, port, DemoServer.DATABASE);
    }

    @Override
    public void close() {
        proxy.close();
        server.close();
        files.close();
    }
}
