package dev.bauta.proxy.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a configuration that was read anew has brought. Immutable.
 *
 * @param now what holds from now on: the configuration before, with what could be taken of the one that was read
 * @param taken the options that were taken
 * @param restart the options that have changed and need a restart of the proxy
 */
record ConfigChange(ProxyConfig now, List<String> taken, List<String> restart) {
    /** Options that can change while the proxy runs. */
    private static final Map<String, Function<ProxyConfig, Object>> LIVE =
            new TreeMap<>(Map.of("limits", ProxyConfig::limits, "allowed-networks", config -> config.access()
                    .networks()));

    /** Options that are used once, when the proxy starts. What their files hold follows those. */
    private static final Map<String, Function<ProxyConfig, Object>> FIXED = new TreeMap<>(Map.of(
            "listen",
            config -> List.of(config.listen(), Optional.ofNullable(config.unixSocket())),
            "transport",
            ProxyConfig::transport,
            "server",
            ProxyConfig::servers,
            "catalog",
            ProxyConfig::catalog,
            "tls",
            config -> List.of(
                    config.access().tls(), String.valueOf(config.access().tlsFiles())),
            "authentication",
            config -> config.access().login(),
            "rules",
            ProxyConfig::rules,
            "audit",
            config -> Optional.ofNullable(config.operations().audit()),
            "admin",
            config -> Optional.ofNullable(config.operations().admin())));

    static ConfigChange between(ProxyConfig before, ProxyConfig read) {
        ProxyConfig.Access access = before.access();
        ProxyConfig now = new ProxyConfig(
                before.listen(),
                before.unixSocket(),
                before.transport(),
                before.servers(),
                before.catalog(),
                new ProxyConfig.Access(
                        access.tls(),
                        access.tlsFiles(),
                        access.login(),
                        read.access().networks()),
                before.rules(),
                read.limits(),
                before.operations());
        return new ConfigChange(now, changed(LIVE, before, read), changed(FIXED, before, read));
    }

    private static List<String> changed(
            Map<String, Function<ProxyConfig, Object>> options, ProxyConfig before, ProxyConfig read) {
        List<String> changed = new ArrayList<>();
        options.forEach((name, value) -> {
            if (!value.apply(before).equals(value.apply(read))) {
                changed.add(name);
            }
        });
        return List.copyOf(changed);
    }
}
