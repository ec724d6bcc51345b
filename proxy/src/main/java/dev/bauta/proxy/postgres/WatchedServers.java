package dev.bauta.proxy.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks several servers again and again what they are, so that a session goes to the right one at once: a client's login cannot be
 * tried on one server after the other. Thread-safe.
 */
public final class WatchedServers implements ServerChoice {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedServers.class);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    private final PostgresServers servers;
    private final Account account;
    private final Duration connect;
    /** Those that answered when they were asked last. */
    private final Map<Endpoint, ServerRole> roles = new ConcurrentHashMap<>();

    private volatile List<Endpoint> candidates = List.of();
    private final AtomicBoolean looking = new AtomicBoolean();
    /** Done when what was doubted has been looked at. Under this object's lock. */
    private CompletableFuture<Void> doubt = CompletableFuture.completedFuture(null);

    private final ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "server-watch");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * As whom they are asked.
     *
     * @param database any that is on each server
     * @param user who may connect to it
     * @param password that user's password, which {@link #toString} does not show
     */
    public record Account(String database, String user, String password) {
        @Override
        public String toString() {
            return user + " in " + database;
        }
    }

    private WatchedServers(PostgresServers servers, Account account, Duration connect) {
        this.servers = servers;
        this.account = account;
        this.connect = connect;
    }

    /**
     * Asks all of them for the first time, and again from now on.
     *
     * @param connect how long opening a connection to one of them may take
     * @param interval how often they are asked
     */
    public static WatchedServers start(PostgresServers servers, Account account, Duration connect, Duration interval) {
        WatchedServers watched = new WatchedServers(servers, account, connect);
        watched.look();
        var unused = watched.poll.scheduleWithFixedDelay(
                watched::lookAgain, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return watched;
    }

    @Override
    public List<Endpoint> candidates() {
        return candidates;
    }

    private List<Endpoint> inOrder() {
        List<Endpoint> preferred = new ArrayList<>();
        List<Endpoint> others = new ArrayList<>();
        for (Endpoint host : servers.hosts()) {
            ServerRole role = roles.get(host);
            if (role != null && servers.target().takes(role)) {
                (isPreferred(role) ? preferred : others).add(host);
            }
        }
        preferred.addAll(others);
        return List.copyOf(preferred);
    }

    private boolean isPreferred(ServerRole role) {
        return servers.target() != SessionTarget.PREFER_STANDBY || role.standby();
    }

    /** Servers before PostgreSQL 14 say nothing. */
    @Override
    public boolean isContradictedBy(String parameter, String value) {
        boolean on = value.equals("on");
        return switch (parameter) {
            case "in_hot_standby" ->
                on ? !servers.target().takes(new ServerRole(true, true)) : servers.target() == SessionTarget.STANDBY;
            case "default_transaction_read_only" -> on && servers.target() == SessionTarget.READ_WRITE;
            default -> false;
        };
    }

    @Override
    public synchronized void onDoubt() {
        if (!poll.isShutdown() && looking.compareAndSet(false, true)) {
            doubt = CompletableFuture.runAsync(this::lookAgain, poll);
        }
    }

    @Override
    public void settle() {
        CompletableFuture<Void> looked;
        synchronized (this) {
            looked = doubt;
        }
        looked.join();
    }

    /** A task that fails is not run again, and who waits for a doubt to be settled would fail with it. */
    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("failure", e.getClass().getName()).log("defect: not all servers were asked");
        }
    }

    private void look() {
        looking.set(false);
        for (Endpoint host : servers.hosts()) {
            try (Connection connection = servers.only(host)
                            .dataSource(
                                    account.database(),
                                    account.user(),
                                    account.password(),
                                    "bauta watch",
                                    connect,
                                    READ_TIMEOUT)
                            .getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet answer = statement.executeQuery("SELECT pg_catalog.pg_is_in_recovery(),"
                            + " pg_catalog.current_setting('transaction_read_only') = 'on'")) {
                answer.next();
                note(host, new ServerRole(answer.getBoolean(1), answer.getBoolean(2)));
            } catch (SQLException e) {
                if (roles.remove(host) != null) {
                    LOG.atWarn()
                            .addKeyValue("server", host)
                            .addKeyValue("sqlstate", e.getSQLState())
                            .log("PostgreSQL server does not answer");
                }
            }
            candidates = inOrder();
        }
    }

    private void note(Endpoint host, ServerRole role) {
        if (!role.equals(roles.put(host, role))) {
            LOG.atInfo()
                    .addKeyValue("server", host)
                    .addKeyValue("standby", role.standby())
                    .addKeyValue("readOnly", role.readOnly())
                    .log("PostgreSQL server answers");
        }
    }

    /** Asks no more. */
    @Override
    public synchronized void close() {
        poll.shutdownNow();
        doubt.complete(null);
    }

    @Override
    public String toString() {
        return servers.toString();
    }
}
