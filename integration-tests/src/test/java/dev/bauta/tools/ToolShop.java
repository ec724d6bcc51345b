package dev.bauta.tools;

import dev.bauta.doors.ScenarioServer;
import dev.bauta.jdbc.BautaDataSource;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A small shop: {@code analyst} is masked, {@code postgres} is not. */
final class ToolShop {
    static final String MASKED_USER = "analyst";
    static final String RAW_USER = "postgres";

    private static final String RULES =
            """
            version: 1
            roles:
              - {name: dba, users: postgres, access: raw}
            columns:
              - match: public.customer.email
                tag: person.email
                mask: {type: partial, first: 1}
            """;

    final TestDatabase database = TestDatabase.create(
            """
            DO $$ BEGIN
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'analyst') THEN
                CREATE ROLE analyst LOGIN PASSWORD 'analyst';
              END IF;
            END $$;
            CREATE TABLE customer (id int PRIMARY KEY, email text NOT NULL, city text NOT NULL);
            CREATE TABLE orders (
              id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer int NOT NULL REFERENCES customer, total numeric(10, 2));
            INSERT INTO customer SELECT g, chr(96 + g) || '@example.org', 'City ' || g % 3 FROM generate_series(1, 12) g;
            INSERT INTO orders (customer, total) SELECT 1 + g % 12, g FROM generate_series(1, 40) g;
            GRANT ALL ON ALL TABLES IN SCHEMA public TO analyst;
            """);

    private final Path rules = write();

    private static Path write() {
        try {
            Path file = Files.createTempFile("rules", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, RULES);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The driver's URL, with the rules. */
    String url() {
        return "jdbc:bauta:" + plainUrl().substring("jdbc:".length()) + "?bautaRules=" + rules;
    }

    /** The PostgreSQL driver's URL. */
    String plainUrl() {
        return "jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + database.name();
    }

    /** Bauta's data source, whose users' passwords are their names. */
    DataSource bauta(String user) {
        BautaDataSource source = new BautaDataSource();
        source.setUrl(url());
        source.setUser(user);
        source.setPassword(user);
        return source;
    }

    /** Straight to PostgreSQL, as the masked user. */
    DataSource direct() {
        return plain(plainUrl(), MASKED_USER);
    }

    /** A proxy before the database. */
    ScenarioServer proxy() throws Exception {
        return new ScenarioServer(database, RULES);
    }

    /** The PostgreSQL driver's URL of a proxy. */
    String proxyUrl(ScenarioServer proxy) {
        return "jdbc:postgresql://127.0.0.1:" + proxy.address().getPort() + "/" + database.name();
    }

    /** The PostgreSQL driver's data source, whose users' passwords are their names. */
    static DataSource plain(String url, String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(user);
        return source;
    }

    /** All rows of a query, a line each. */
    static String rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows(rows);
        }
    }

    /** The rows that are left, a line each. */
    static String rows(ResultSet rows) throws SQLException {
        StringBuilder text = new StringBuilder();
        while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                text.append(rows.getString(i)).append(' ');
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** What a masked user sees where an unmasked one sees this. */
    static String masked(String text) {
        return text.replaceAll("\\b([a-l])@example\\.org", "$1****");
    }
}
