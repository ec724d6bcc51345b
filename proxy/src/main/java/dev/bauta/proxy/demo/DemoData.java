package dev.bauta.proxy.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The demonstration's rows: the same in every run, in the order in which foreign keys let them be loaded. Immutable.
 *
 * @param tables the tables with their rows
 */
record DemoData(List<CopyText> tables) {
    private static final long SEED = 1597;

    DemoData {
        tables = List.copyOf(tables);
    }

    /** Invents everything anew. */
    static DemoData generate() {
        List<CopyText> tables = new ArrayList<>();
        tables.addAll(ShopRows.generate(new Invention(SEED)));
        tables.addAll(ClinicRows.generate(new Invention(SEED + 1)));
        tables.addAll(StaffRows.generate(new Invention(SEED + 2)));
        return new DemoData(tables);
    }

    /** How many rows all tables have together. */
    int rows() {
        return tables.stream().mapToInt(CopyText::rows).sum();
    }

    /** Creates the schemas in an empty database and loads the rows. */
    void load(Connection connection) throws SQLException, IOException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(resource("schema.sql"));
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (CopyText table : tables) {
                copy.copyIn("COPY " + table.table() + " FROM STDIN", new StringReader(table.text()));
            }
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("ANALYZE");
        }
    }

    /** The text of a file that lies beside this class. */
    static String resource(String name) {
        try (InputStream in = DemoData.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
