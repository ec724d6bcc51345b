package dev.bauta.proxy.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.serving.Operations.Admin;
import dev.bauta.proxy.testing.Browser;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page for administrators as a browser shows it, and what its buttons do. Needs Chromium. */
class AdminPageTest {
    private static final String TOKEN = "0123456789abcdef-token";
    /** Would change the page's title if it were taken for HTML. */
    private static final String APPLICATION = "<img src=x onerror=document.title=1>";

    @Test
    void showsAndDoesWhatAnAdministratorWants(@TempDir Path directory, @TempDir Path profile) throws Exception {
        assumeTrue(Browser.isInstalled(), "chromium is not installed");
        int port = ServedDatabase.freePort();
        Admin admin = new Admin(new Endpoint("127.0.0.1", port), new Secret(TOKEN));
        try (ServedDatabase served = new ServedDatabase(directory, new Operations(null, admin));
                Browser browser = Browser.start(profile);
                Connection clerk = served.connect("clerk", "?preferQueryMode=simple");
                Statement statement = clerk.createStatement()) {
            statement.execute("SET application_name = 'late'");
            statement.execute("SELECT email FROM people WHERE email <> 'canary-literal'");
            assertThatThrownBy(() -> statement.execute("DO 'canary-literal'")).isInstanceOf(SQLException.class);
            browser.open("http://127.0.0.1:" + port + "/");
            logIn(browser);
            showsSessionsStatementsAndRules(browser);
            reloads(browser, served);
            endsASession(browser, statement);
            showsNamesAsText(browser, served);
            assertThat(browser.evaluate("document.body.innerText")).doesNotContain("canary");
        }
    }

    private static void logIn(Browser browser) {
        browser.await("document.getElementById('state').textContent === 'locked'");
        assertThat(browser.evaluate("document.getElementById('content').hidden"))
                .isEqualTo("true");
        enter(browser, "wrong");
        browser.await("document.getElementById('state').textContent === 'locked'");
        enter(browser, TOKEN);
        browser.await("document.getElementById('state').textContent === 'ready'");
        assertThat(browser.evaluate("document.getElementById('login').hidden")).isEqualTo("true");
    }

    private static void enter(Browser browser, String token) {
        browser.evaluate("document.getElementById('token').value = '" + token + "';"
                + " document.querySelector('#login button').click()");
    }

    private static void showsSessionsStatementsAndRules(Browser browser) {
        assertThat(text(browser, "sessions")).contains("clerk", "default", "masked", "127.0.0.1");
        assertThat(text(browser, "statements"))
                .contains("select email from people where email <> ?", "statement kind", "rewrite");
        assertThat(text(browser, "rules")).contains("public.people.email", "rules.yaml:5:5", "raw");
        assertThat(browser.evaluate("document.getElementById('sessionCount').textContent"))
                .isEqualTo("1");
    }

    private static void reloads(Browser browser, ServedDatabase served) throws Exception {
        served.replaceRules("version: 1\ncolumns: nonsense\n");
        click(browser, "#reload");
        browser.await("document.getElementById('reloadState').textContent === 'rules not taken'");
        browser.await("document.getElementById('state').textContent === 'rule file has problems'");
        assertThat(text(browser, "problems")).contains("The last good rules stay in force.", "rules.yaml:2:");
        served.replaceRules(ServedDatabase.RULES + "  - {match: public.people.born, mask: redact}\n");
        click(browser, "#reload");
        browser.await("document.getElementById('reloadState').textContent === 'rules read'");
        browser.await("document.getElementById('state').textContent === 'ready'");
        browser.await("document.getElementById('rules').innerText.includes('public.people.born')");
    }

    private static void endsASession(Browser browser, Statement statement) {
        click(browser, "#sessions button");
        browser.await("document.getElementById('sessions').innerText.includes('No sessions.')");
        assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
    }

    private static void showsNamesAsText(Browser browser, ServedDatabase served) throws Exception {
        String encoded = java.net.URLEncoder.encode(APPLICATION, java.nio.charset.StandardCharsets.UTF_8);
        try (Connection named = served.connect("clerk", "?assumeMinServerVersion=9.4&ApplicationName=" + encoded)) {
            browser.await("document.getElementById('sessions').innerText.includes('onerror')");
            assertThat(text(browser, "sessions")).contains(APPLICATION);
            assertThat(browser.evaluate("document.title")).isEqualTo("Bauta");
            assertThat(named.isClosed()).isFalse();
        }
    }

    private static String text(Browser browser, String id) {
        return browser.evaluate("document.getElementById('" + id + "').innerText");
    }

    private static void click(Browser browser, String selector) {
        browser.evaluate("document.querySelector('" + selector + "').click()");
    }
}
