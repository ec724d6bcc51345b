package dev.bauta.proxy.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens in one database for what an event trigger tells of changes of the schema, on a thread and a connection of its own. A
 * connection that is lost is opened anew, and the catalog is looked at then, since news may have been missed. Thread-safe.
 */
final class DdlListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DdlListener.class);
    private static final int WAIT_MILLIS = 10_000;
    private static final int PAUSE_SECONDS = 2;

    private final CatalogSource source;
    private final String database;
    private final String channel;
    private final Runnable news;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Connection open;

    /**
     * @param channel the notification channel
     * @param news run when something may have changed; must not throw an exception
     */
    DdlListener(CatalogSource source, String database, String channel, Runnable news) {
        this.source = source;
        this.database = database;
        this.channel = channel;
        this.news = news;
        this.thread = new Thread(this::run, "ddl-listen-" + database);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                listen();
                if (!closed) {
                    TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try (Connection connection = source.connect(database)) {
            open = connection;
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN \"" + channel.replace("\"", "\"\"") + "\"");
            }
            news.run();
            PGConnection notified = connection.unwrap(PGConnection.class);
            while (!closed) {
                PGNotification[] received = notified.getNotifications(WAIT_MILLIS);
                if (received != null && received.length > 0) {
                    news.run();
                }
            }
        } catch (SQLException e) {
            if (!closed) {
                LOG.atWarn()
                        .addKeyValue("database", database)
                        .addKeyValue("sqlstate", e.getSQLState())
                        .log("cannot listen for changes of the schema; polling goes on");
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Connection connection = open;
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.atDebug().addKeyValue("database", database).log("the listening connection is closed already");
            }
        }
    }
}
