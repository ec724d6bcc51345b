package dev.bauta.proxy.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The demonstration's database on a server of its own, which all tests of one JVM share and none may change. */
public final class DemoDatabase {
    private static @Nullable DemoDatabase running;

    private final DemoServer server;
    private final RawValues raw;

    private DemoDatabase(DemoServer server, RawValues raw) {
        this.server = server;
        this.raw = raw;
    }

    /** Starts it where that was not done before. */
    public static synchronized DemoDatabase start() throws IOException, SQLException {
        if (running == null) {
            Path directory = Files.createTempDirectory("bauta-demo-test-");
            DemoServer server = DemoServer.start(directory, DemoData.generate());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            try (Connection connection = server.connect(DemoServer.OWNER)) {
                running = new DemoDatabase(server, ProtectedColumns.read(connection));
            }
        }
        return running;
    }

    /** The server's port on 127.0.0.1. */
    public int port() {
        return server.port();
    }

    /** The database's name. */
    public String name() {
        return DemoServer.DATABASE;
    }

    /** The demonstration's rule file. */
    public static String rules() {
        return DemoData.resource("rules.yaml");
    }

    /** A direct connection of a user, whose password is the user's name. */
    public Connection connect(String user) throws SQLException {
        return server.connect(user);
    }

    /** A raw value of a protected column in the text, if there is one. */
    public Optional<String> findRaw(String text) {
        return raw.findIn(text);
    }
}
