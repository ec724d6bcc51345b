package dev.bauta.proxy.audit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bauta.proxy.postgres.PostgresServers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A table that receives the records. Its columns are {@code seq bigint PRIMARY KEY}, {@code record json}. Immutable.
 *
 * @param servers the server, or several of which one is chosen
 * @param database the database
 * @param name the table's name, as SQL
 * @param user who may insert into the table and select from it
 * @param password the user's password, which {@link #toString} does not show
 */
public record AuditTable(PostgresServers servers, String database, String name, String user, String password) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** After which records count as not writable. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** An open table. Not thread-safe. */
    static final class Sink implements AutoCloseable {
        private final AuditTable table;
        private @Nullable HikariDataSource pool;

        Sink(AuditTable table) {
            this.table = table;
        }

        /** Inserts what the file has and the table lacks: a proxy can have ended between writing the one and the other. */
        void takeUp(AuditFile file, int most) throws SQLException, IOException {
            long last;
            try (Connection connection = open().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT max(seq) FROM " + table.name)) {
                last = result.next() ? result.getLong(1) : 0;
            }
            if (last > 0) {
                file.read(last, most, this::write);
            }
        }

        /** Inserts lines, all or none. A line that is there already, since the answer to its insertion was lost, stays. */
        void write(List<AuditFile.Stored> lines) throws SQLException {
            String insert =
                    "INSERT INTO " + table.name + " (seq, record) VALUES (?, ?::json) ON CONFLICT (seq) DO NOTHING";
            try (Connection connection = open().getConnection()) {
                connection.setAutoCommit(false);
                try (PreparedStatement statement = connection.prepareStatement(insert)) {
                    for (AuditFile.Stored line : lines) {
                        statement.setLong(1, line.sequence());
                        statement.setString(2, line.text());
                        statement.addBatch();
                    }
                    statement.executeBatch();
                    requireOurs(connection, lines.get(0));
                    if (lines.size() > 1) {
                        requireOurs(connection, lines.get(lines.size() - 1));
                    }
                    connection.commit();
                } catch (SQLException e) {
                    connection.rollback();
                    throw e;
                }
            }
        }

        /** What was there already under the number must be the same, or it is another log's. */
        private void requireOurs(Connection connection, AuditFile.Stored line) throws SQLException {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT record FROM " + table.name + " WHERE seq = ?")) {
                statement.setLong(1, line.sequence());
                try (ResultSet result = statement.executeQuery()) {
                    if (!result.next() || !line.text().equals(result.getString(1))) {
                        throw new SQLException("record " + line.sequence() + " in " + table.name
                                + " is of another audit log; a table is for one");
                    }
                }
            }
        }

        private HikariDataSource open() {
            HikariDataSource opened = pool;
            if (opened == null) {
                opened = table.openPool();
                pool = opened;
            }
            return opened;
        }

        @Override
        public void close() {
            if (pool != null) {
                pool.close();
            }
        }
    }

    private HikariDataSource openPool() {
        PGSimpleDataSource source =
                servers.dataSource(database, user, password, "bauta audit", CONNECT_TIMEOUT, TIMEOUT);
        source.setReWriteBatchedInserts(true);
        HikariConfig config = new HikariConfig();
        config.setPoolName("audit");
        config.setDataSource(source);
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** Not the password. */
    @Override
    public String toString() {
        return name + " in " + database;
    }
}
