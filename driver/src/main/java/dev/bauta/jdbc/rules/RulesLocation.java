package dev.bauta.jdbc.rules;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;

/** Where rules are. Values that are equal name the same rules. Immutable. */
public sealed interface RulesLocation {
    /** A file. */
    record InFile(Path file) implements RulesLocation {
        /** As given, with what a relative path starts at. */
        public InFile {
            file = file.toAbsolutePath().normalize();
        }

        @Override
        public RuleSource open(KeyReference key) {
            return new FileRules(file, key);
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * A resource on the class path.
     *
     * @param text what it holds: where applications share the driver, each has another resource of that name, or the next release of its own
     */
    record OnClassPath(String resource, String text) implements RulesLocation {
        @Override
        public RuleSource open(KeyReference key) {
            return new ClassPathRules(toString(), text, key);
        }

        @Override
        public String toString() {
            return "classpath:" + resource;
        }
    }

    /** A resource of a web server. */
    record OnWeb(URI uri) implements RulesLocation {
        @Override
        public RuleSource open(KeyReference key) {
            return new WebRules(uri, key);
        }

        /** Without the query, which can hold a token. */
        @Override
        public String toString() {
            return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
        }
    }

    /** Makes what reads the rules. */
    RuleSource open(KeyReference key);

    /**
     * Reads the value of {@code bautaRules}: a path, {@code file:…}, {@code classpath:…} or {@code https://…}.
     *
     * @param plainHttp true to allow {@code http://…}, by which everybody on the way can replace the rules
     * @throws SQLException 08001 for a value that names nothing, or a resource that is not there
     */
    static RulesLocation parse(String value, boolean plainHttp) throws SQLException {
        String scheme = value.toLowerCase(Locale.ROOT);
        try {
            if (scheme.startsWith("classpath:")) {
                String resource = value.substring("classpath:".length()).replaceFirst("^/+", "");
                return new OnClassPath(resource, ClassPathRules.text(resource));
            } else if (scheme.startsWith("https://") || scheme.startsWith("http://")) {
                return web(new URI(value), plainHttp);
            }
            return new InFile(scheme.startsWith("file:") ? Path.of(new URI(value)) : Path.of(value));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new SQLException("The connection property bautaRules is neither a path nor a URL.", "08001");
        }
    }

    private static RulesLocation web(URI uri, boolean plainHttp) throws SQLException {
        if (uri.getRawUserInfo() != null || uri.getHost() == null) {
            throw new SQLException("The URL in bautaRules must name a host, and no user.", "08001");
        }
        if (!plainHttp && !uri.getScheme().equalsIgnoreCase("https")) {
            throw new SQLException(
                    "The rules would come over http, where everybody on the way can change them. Use https, or set"
                            + " bautaRulesPlainHttp=true.",
                    "08001");
        }
        return new OnWeb(uri);
    }
}
