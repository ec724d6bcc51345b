package dev.bauta.proxy.verify.attack;

import dev.bauta.proxy.catalog.CatalogUnavailableException;
import dev.bauta.proxy.verify.connect.Connections;
import dev.bauta.proxy.verify.connect.LocalProxy;
import dev.bauta.proxy.verify.connect.Login;
import dev.bauta.proxy.verify.connect.Target;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Both ways in: the proxy's port with either query protocol, and the JDBC driver where it is on the class path. */
final class Doors implements AutoCloseable {
    private final LocalProxy proxy;
    private final List<Door> doors = new ArrayList<>();

    private Doors(LocalProxy proxy) {
        this.proxy = proxy;
    }

    /**
     * Opens them.
     *
     * @param rules the self-test's rule file
     * @param login who comes in
     */
    static Doors open(Target target, Connections connections, Path rules, Login login, Scanner scanner)
            throws IOException, InvalidFileException, CatalogUnavailableException {
        Doors opened = new Doors(LocalProxy.start(target, RuleFile.load(rules)));
        try {
            for (String mode : List.of("simple", "extended")) {
                ScanningRelay relay = new ScanningRelay(opened.proxy.endpoint(), scanner);
                opened.doors.add(new ProxyDoor(mode, relay, connections, target, login));
            }
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        if (hasDriver()) {
            opened.doors.add(new DriverDoor(connections, target, login, rules));
        }
        return opened;
    }

    /** True when Bauta's JDBC driver is on the class path: it is found as every driver is, and nothing here depends on it. */
    static boolean hasDriver() {
        return DriverManager.drivers()
                .anyMatch(driver -> driver.getClass().getName().startsWith("dev.bauta.jdbc."));
    }

    List<Door> doors() {
        return doors;
    }

    @Override
    public void close() {
        doors.forEach(Door::close);
        proxy.close();
    }

    /** The proxy's port. With the extended protocol every result that can be is binary. */
    private record ProxyDoor(String mode, ScanningRelay relay, Connections connections, Target target, Login login)
            implements Door {
        @Override
        public String name() {
            return "proxy, " + mode + " protocol";
        }

        @Override
        public Connection open() throws SQLException {
            return connections.open(
                    relay.endpoint(),
                    target.database(),
                    login,
                    Map.of("preferQueryMode", mode, "prepareThreshold", "-1", "sslmode", "disable"));
        }

        @Override
        public boolean takeFound() {
            return relay.takeFound();
        }

        @Override
        public long bytes() {
            return relay.bytes();
        }

        @Override
        public void close() {
            relay.close();
        }
    }

    /** The JDBC driver. What it receives from the server is its own affair; what counts is what an application sees. */
    private record DriverDoor(Connections connections, Target target, Login login, Path rules) implements Door {
        @Override
        public String name() {
            return "driver";
        }

        @Override
        public Connection open() throws SQLException {
            String url = "jdbc:bauta:postgresql://" + target.server() + "/" + Connections.encode(target.database())
                    + "?bautaRules=" + java.net.URLEncoder.encode(rules.toString(), StandardCharsets.UTF_8);
            return connections.open(url, login, target.server().properties());
        }
    }

    /** The server itself, to see that attacks are attacks. */
    record DirectDoor(Connections connections, Target target, Login login) implements Door {
        @Override
        public String name() {
            return "without Bauta";
        }

        @Override
        public Connection open() throws SQLException {
            return connections.open(target.server(), target.database(), login, Map.of());
        }
    }
}
