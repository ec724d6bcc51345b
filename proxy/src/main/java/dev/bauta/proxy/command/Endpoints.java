package dev.bauta.proxy.command;

import dev.bauta.proxy.postgres.Endpoint;

/** Reads {@code host:port}, {@code [::1]:port}, or a port alone on the loopback interface. */
final class Endpoints {
    private Endpoints() {}

    /**
     * The endpoint under a key.
     *
     * @param otherwise what holds where the key is missing
     */
    static Endpoint toEndpoint(ConfigSection section, String key, String otherwise) {
        String text = section.findText(key).orElse(otherwise);
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        String port = text.substring(colon + 1);
        boolean valid = !host.isEmpty() && port.matches("[0-9]{1,5}");
        if (!valid || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            section.report(key, section.quoted(key) + " must be HOST:PORT, such as 127.0.0.1:6432");
            return new Endpoint("127.0.0.1", 1);
        }
        return new Endpoint(host, Integer.parseInt(port));
    }
}
