package dev.bauta.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Notifications that came for channels on which the connection executed LISTEN: {@code connection.unwrap(Notifications.class)}.
 * Their payloads come from other sessions and are not masked.
 */
public interface Notifications {
    /**
     * A notification.
     *
     * @param channel the channel's name
     * @param payload what NOTIFY gave along, an empty text where it gave nothing
     * @param processId of the server process that notified
     */
    record Notification(String channel, String payload, int processId) {}

    /**
     * Takes what has come, and waits where nothing has.
     *
     * @param longest how long to wait for the first one, to the millisecond; zero to not wait at all
     */
    List<Notification> take(Duration longest) throws SQLException;
}
