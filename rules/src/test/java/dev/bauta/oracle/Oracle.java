package dev.bauta.oracle;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.engine.Decision;
import dev.bauta.engine.Engine;
import dev.bauta.engine.Session;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.Scenario;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Two databases of the same rows: one with the tables, on which rewritten statements run, and one in which views written by hand
 * have the tables' names, on which statements run as the client wrote them. Both must answer alike.
 */
final class Oracle implements AutoCloseable {
    private final Connection tables;
    private final Connection views;
    private final Session session;

    private Oracle(Connection tables, Connection views, Session session) {
        this.tables = tables;
        this.views = views;
        this.session = session;
    }

    static Oracle open() throws Exception {
        String catalog = Scenario.text("catalog.sql") + ";" + text("more-rows.sql");
        TestDatabase database = TestDatabase.create(catalog);
        Connection tables = connect(database);
        Engine engine = Engine.of(
                RuleFile.parse(text("rules.yaml"), "rules.yaml", Map.of(), Path.of(".")), CatalogLoader.load(tables));
        Connection views = connect(TestDatabase.create(catalog + text("views.sql")));
        Session session = engine.open(new Principal("analyst", database.name()), LexerSettings.SERVER);
        session.setSearchPath(List.of("pg_catalog", "public"));
        return new Oracle(tables, views, session);
    }

    /** Escapes are off so that the driver reads {@code ?} and braces as the server does. */
    private static Connection connect(TestDatabase database) throws SQLException {
        Connection connection = java.sql.DriverManager.getConnection(
                database.url() + "?preferQueryMode=simple", "postgres", "postgres");
        connection.setAutoCommit(false);
        return connection;
    }

    static String text(String file) {
        try (InputStream in = Oracle.class.getResourceAsStream("/oracle/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Decision decide(String sql) {
        return session.decide(sql);
    }

    /** What a masked client sees. */
    Answer onTables(Decision decision, String sql) throws SQLException {
        String text = decision instanceof Decision.Rewrite rewrite ? rewrite.text() : sql;
        return Answer.of(tables, text).comparable(sql);
    }

    /** What the client must see. */
    Answer onViews(String sql) throws SQLException {
        return Answer.of(views, sql).comparable(sql);
    }

    @Override
    public void close() throws SQLException {
        tables.close();
        views.close();
    }
}
