package dev.bauta.proxy.audit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bauta.proxy.postgres.PostgresServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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

        /** Inserts lines, all or none. A line that is there already, since the answer to its insertion was lost, stays. */
        void write(List<AuditChain.Line> lines) throws SQLException {
            String insert =
                    "INSERT INTO " + table.name + " (seq, record) VALUES (?, ?::json) ON CONFLICT (seq) DO NOTHING";
            try (Connection connection = open().getConnection()) {
                connection.setAutoCommit(false);
                try (PreparedStatement statement = connection.prepareStatement(insert)) {
                    for (AuditChain.Line line : lines) {
                        statement.setLong(1, line.link().sequence());
                        statement.setString(2, line.text());
                        statement.addBatch();
                    }
                    statement.executeBatch();
                    connection.commit();
                } catch (SQLException e) {
                    connection.rollback();
                    throw e;
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
