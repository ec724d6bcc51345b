package dev.bauta.proxy.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bauta.proxy.authentication.ScramVerifier;
import dev.bauta.proxy.authentication.Verifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Asks the server for the verifier of each user who logs in. Thread-safe. */
public final class VerifierQuery implements Verifiers, AutoCloseable {
    private static final int CONNECTIONS = 2;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String PARAMETER = "$1";

    private final String query;
    private final HikariDataSource pool;
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS, task -> {
        Thread thread = new Thread(task, "verifier-query");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * What is asked, and as whom.
     *
     * @param query SQL whose {@code $1} is the user's name, and whose answer is the user's name and verifier
     * @param database where it is run
     * @param user who may run it
     * @param password that user's, which {@link #toString} does not show
     */
    public record Settings(String query, String database, String user, String password) {
        /** True when the text has one parameter. */
        public static boolean isUsable(String query) {
            int at = query.indexOf(PARAMETER);
            return at >= 0 && at == query.lastIndexOf('$');
        }

        /** Not the password. */
        @Override
        public String toString() {
            return "a query as " + user + " in " + database;
        }
    }

    /** Connects when the first user logs in. */
    public VerifierQuery(PostgresServers servers, Settings settings) {
        // A question mark would be taken for a parameter by the driver.
        this.query = settings.query().replace("?", "??").replace(PARAMETER, "?");
        HikariConfig config = new HikariConfig();
        config.setPoolName("verifiers");
        config.setDataSource(servers.dataSource(
                settings.database(), settings.user(), settings.password(), "bauta verifiers", TIMEOUT, TIMEOUT));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(TIMEOUT.toMillis());
        config.setInitializationFailTimeout(-1);
        pool = new HikariDataSource(config);
    }

    @Override
    public CompletionStage<@Nullable ScramVerifier> find(String user) {
        return CompletableFuture.supplyAsync(() -> ask(user), threads);
    }

    /** A user without a password, or with one that is kept otherwise, has no verifier. */
    private @Nullable ScramVerifier ask(String user) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, user);
            try (ResultSet answer = statement.executeQuery()) {
                if (!answer.next() || !user.equals(answer.getString(1))) {
                    return null;
                }
                String verifier = answer.getString(2);
                boolean more = answer.next();
                return verifier == null || more
                        ? null
                        : ScramVerifier.parse(verifier).orElse(null);
            }
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        pool.close();
    }
}
