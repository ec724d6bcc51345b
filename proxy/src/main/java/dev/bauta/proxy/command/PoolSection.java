package dev.bauta.proxy.command;

import dev.bauta.proxy.serving.UserLogin;
import dev.bauta.proxy.session.Limits.Pool;
import java.time.Duration;

/** What the configuration file says of connections to servers that are kept between sessions. */
final class PoolSection {
    private static final int DAY = 24 * 3_600;

    private PoolSection() {}

    static Pool read(ConfigSection root, UserLogin login) {
        ConfigSection section = root.section("pool", "connections", "idle-seconds", "life-seconds");
        int connections = section.findNumber("connections", 0, 100_000, Pool.NONE.connections());
        if (connections > 0 && login.method() == UserLogin.Method.RELAY) {
            section.report(
                    "connections",
                    "'pool.connections' needs users whom Bauta authenticates itself; see 'authentication'");
        }
        return new Pool(
                connections,
                Duration.ofSeconds(section.findNumber(
                        "idle-seconds", 1, DAY, Math.toIntExact(Pool.NONE.idle().toSeconds()))),
                Duration.ofSeconds(section.findNumber(
                        "life-seconds", 1, DAY, Math.toIntExact(Pool.NONE.life().toSeconds()))));
    }
}
