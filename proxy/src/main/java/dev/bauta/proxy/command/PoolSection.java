package dev.bauta.proxy.command;

import dev.bauta.proxy.serving.UserLogin;
import dev.bauta.proxy.session.Limits.Pool;

/** What the configuration file says of connections to servers that are kept between sessions. */
final class PoolSection {
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
                LimitsSection.toSeconds(section, "idle-seconds", 1, LimitsSection.DAY, Pool.NONE.idle()),
                LimitsSection.toSeconds(section, "life-seconds", 1, LimitsSection.DAY, Pool.NONE.life()));
    }
}
