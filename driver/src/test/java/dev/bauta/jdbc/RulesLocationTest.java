package dev.bauta.jdbc;

import static dev.bauta.jdbc.MaskingTest.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bauta.jdbc.rules.KeyReference;
import dev.bauta.jdbc.rules.RuleSource;
import dev.bauta.jdbc.rules.RulesLocation;
import dev.bauta.rulefile.RuleSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules from files, the class path and a web server. */
class RulesLocationTest {
    private static final String RULES =
            """
            version: 1
            columns:
              - match: public.customers.email
                mask: {type: constant, value: "%s"}
            """;

    private static DriverFixture fixture;
    private static HttpServer server;
    private static final List<String> REQUESTS = new CopyOnWriteArrayList<>();
    private static volatile Page page = new Page(200, "", "");

    /** What the server answers with; changed as a whole, since it may be answering while a test changes it. */
    private record Page(int status, String body, String tag) {}

    @BeforeAll
    static void create() throws IOException {
        fixture = DriverFixture.create();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", RulesLocationTest::answer);
        server.start();
    }

    @BeforeEach
    void reset() {
        REQUESTS.clear();
        page = new Page(200, RULES.formatted("web"), "\"one\"");
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        Page now = page;
        String known = String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match"));
        REQUESTS.add(known + " " + exchange.getRequestHeaders().getFirst("If-Modified-Since"));
        exchange.getResponseHeaders().set("ETag", now.tag());
        exchange.getResponseHeaders().set("Last-Modified", "Wed, 25 Nov 2026 18:00:00 GMT");
        byte[] bytes = now.body().getBytes(StandardCharsets.UTF_8);
        if (known.equals(now.tag())) {
            exchange.sendResponseHeaders(304, -1);
        } else {
            exchange.sendResponseHeaders(now.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static String web() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/rules.yaml?token=canary";
    }

    private static String shown(String... properties) throws SQLException {
        try (Connection connection = fixture.connect(properties)) {
            return query(connection, "SELECT email FROM customers WHERE id = 1").get(0);
        }
    }

    @Test
    void readsTheClassPath(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("rules.yaml"), RULES.formatted("class path"));
        assertThat(shownTo(folder)).isEqualTo("class path");
        assertThatThrownBy(() -> shown("bautaRules", "classpath:nowhere.yaml"))
                .hasMessage("The rules cannot be used: classpath:nowhere.yaml is not on the class path");
    }

    /** Each may have rules of its own under one name, and a new release of it others. */
    @Test
    void applicationsThatShareTheDriverDoNotShareRules(@TempDir Path one, @TempDir Path other) throws Exception {
        Files.writeString(one.resolve("rules.yaml"), RULES.formatted("one"));
        Files.writeString(other.resolve("rules.yaml"), RULES.formatted("other"));
        assertThat(List.of(shownTo(one), shownTo(other), shownTo(one))).containsExactly("one", "other", "one");
        Files.writeString(one.resolve("rules.yaml"), RULES.formatted("next"));
        assertThat(shownTo(one)).isEqualTo("next");
    }

    /** What an application sees whose class path is the folder. */
    private static String shownTo(Path folder) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader application =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(application);
            return shown("bautaRules", "classpath:/rules.yaml");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void readsFileUrls(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("r u.yaml"), RULES.formatted("file"));
        assertThat(shown("bautaRules", file.toUri().toString())).isEqualTo("file");
    }

    @Test
    void readsAWebServerWhereHttpIsAllowed() throws Exception {
        assertThat(shown("bautaRules", web(), "bautaRulesPlainHttp", "true")).isEqualTo("web");
        assertThatThrownBy(() -> shown("bautaRules", web()))
                .hasMessageContaining("set bautaRulesPlainHttp=true")
                .hasMessageNotContaining("canary");
    }

    @Test
    void asksAgainOnlyForWhatHasChanged() throws Exception {
        RuleSource source = RulesLocation.parse(web(), true).open(KeyReference.NONE);
        RuleSet first = source.load();
        assertThat(looks(source, 2)).isEmpty();
        page = new Page(200, RULES.formatted("changed"), "\"two\"");
        assertThat(looks(source, 2)).get().isNotEqualTo(first);
        assertThat(looks(source, 2)).isEmpty();
        assertThat(REQUESTS.stream().distinct())
                .containsExactly(
                        "null null", "\"one\" Wed, 25 Nov 2026 18:00:00 GMT", "\"two\" Wed, 25 Nov 2026 18:00:00 GMT");
    }

    @Test
    void theLastGoodRulesStay() throws Exception {
        RuleSource source = RulesLocation.parse(web(), true).open(KeyReference.NONE);
        source.load();
        page = new Page(200, "version: 7", "\"bad\"");
        assertThat(looks(source, 2)).isEmpty();
        page = new Page(503, "version: 7", "\"bad\"");
        assertThat(looks(source, 2)).isEmpty();
        page = new Page(200, RULES.formatted("good again"), "\"bad\"");
        assertThat(looks(source, 2)).isPresent();
    }

    /** Looks as often as it takes for the server to be asked so many times; the rules that were then found last. */
    private static Optional<RuleSet> looks(RuleSource source, int requests) {
        int until = REQUESTS.size() + requests;
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        Optional<RuleSet> found = Optional.empty();
        while (REQUESTS.size() < until && found.isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            found = source.loadWhenChanged();
            Thread.onSpinWait();
        }
        return found;
    }

    @Test
    void noRulesNoConnection() {
        page = new Page(404, "", "");
        assertThatThrownBy(() ->
                        RulesLocation.parse(web(), true).open(KeyReference.NONE).load())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("/rules.yaml answers with status 404")
                .hasMessageNotContaining("canary");
    }

    @Test
    void anUnreachableServerIsOneClearLine() {
        assertThatThrownBy(() -> shown("bautaRules", "https://127.0.0.1:1/r.yaml?token=canary"))
                .hasMessage("The rules cannot be used: https://127.0.0.1:1/r.yaml cannot be reached");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://canary@host/r.yaml", "https:///r.yaml", "https://[broken", "file:relative.yaml"})
    void whatNamesNothingIsRefused(String location) {
        assertThatThrownBy(() -> RulesLocation.parse(location, false))
                .isInstanceOf(SQLException.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    void theKeyIsTakenByReference(@TempDir Path folder) throws Exception {
        Path rules = Files.writeString(
                folder.resolve("keyed.yaml"),
                """
                version: 1
                key: ${env:BAUTA_KEY}
                columns:
                  - {match: public.customers.email, mask: {type: hash, domain: d}}
                """);
        Path one = Files.writeString(folder.resolve("one.key"), "0123456789abcdef-one\n");
        Path two = Files.writeString(folder.resolve("two.key"), "0123456789abcdef-two\n");
        String first = shown("bautaRules", rules.toString(), "bautaKey", "${file:" + one + "}");
        assertThat(first).matches("[0-9a-f]{16,}");
        assertThat(shown("bautaRules", rules.toString(), "bautaKey", "${file:" + one + "}"))
                .isEqualTo(first);
        assertThat(shown("bautaRules", rules.toString(), "bautaKey", "${file:" + two + "}"))
                .isNotEqualTo(first);
        assertThatThrownBy(() -> shown("bautaRules", rules.toString(), "bautaKey", "canary-0123456789abcdef"))
                .hasMessageContaining("never a key itself")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> shown("bautaRules", rules.toString(), "bautaKey", "${env:NO_SUCH_VARIABLE}"))
                .hasMessageContaining("NO_SUCH_VARIABLE, which is not set");
        assertThatThrownBy(() -> shown("bautaRules", rules.toString(), "bautaKey", "${file:/nowhere}"))
                .hasMessageContaining("/nowhere, which cannot be read");
    }

    @Test
    void misspeltPropertiesAreRefused() {
        assertThatThrownBy(() -> shown("bautaRoles", "dba"))
                .hasMessageStartingWith("There is no connection property bautaRoles.");
    }
}
