package dev.bauta.proxy.command;

import dev.bauta.proxy.session.Limits;
import dev.bauta.proxy.session.Limits.Times;
import java.time.Duration;

/** What the configuration file says of what one proxy bears. */
final class LimitsSection {
    private static final int HOUR = 3_600;
    static final int DAY = 24 * HOUR;

    private LimitsSection() {}

    static Limits read(ConfigSection root) {
        ConfigSection section = root.section(
                "limits",
                "sessions",
                "connections",
                "connections-per-address",
                "queue-seconds",
                "login-seconds",
                "connect-seconds",
                "drain-seconds",
                "idle-seconds",
                "idle-in-transaction-seconds",
                "statement-seconds",
                "kept-statements");
        int sessions = section.findNumber("sessions", 1, 100_000, Limits.DEFAULT.sessions());
        int connections = section.findNumber("connections", 1, 200_000, 2 * sessions);
        if (connections < sessions) {
            section.report("connections", "'limits.connections' must not be less than 'limits.sessions'");
            connections = sessions;
        }
        return new Limits(
                sessions,
                connections,
                section.findNumber("connections-per-address", 0, 200_000, Limits.DEFAULT.connectionsPerAddress()),
                toSeconds(section, "queue-seconds", 0, HOUR, Limits.DEFAULT.queue()),
                toSeconds(section, "login-seconds", 1, HOUR, Limits.DEFAULT.login()),
                toSeconds(section, "connect-seconds", 1, HOUR, Limits.DEFAULT.connect()),
                toSeconds(section, "drain-seconds", 0, HOUR, Limits.DEFAULT.drain()),
                new Times(
                        toSeconds(section, "idle-seconds", 0, DAY, Duration.ZERO),
                        toSeconds(section, "idle-in-transaction-seconds", 0, DAY, Duration.ZERO),
                        toSeconds(section, "statement-seconds", 0, DAY, Duration.ZERO)),
                Limits.DEFAULT.pool(),
                section.findNumber("kept-statements", 0, 10_000, Limits.DEFAULT.keptStatements()));
    }

    /** A duration in whole seconds. */
    static Duration toSeconds(ConfigSection section, String key, int low, int high, Duration otherwise) {
        return Duration.ofSeconds(section.findNumber(key, low, high, Math.toIntExact(otherwise.toSeconds())));
    }
}
