package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BautaDriverTest {
    private static final String SERVICES = "org.postgresql.pgservicefile";
    private static DriverFixture fixture;

    @BeforeAll
    static void create() {
        fixture = DriverFixture.create();
    }

    @Test
    void isFoundByTheServiceLoaderAndTheDriverManager() throws SQLException {
        assertThat(ServiceLoader.load(Driver.class)).hasAtLeastOneElementOfType(BautaDriver.class);
        assertThat(DriverManager.getDriver("jdbc:bauta:postgresql://h/d")).isInstanceOf(BautaDriver.class);
        assertThat(DriverManager.getDriver("jdbc:postgresql://h/d")).isInstanceOf(org.postgresql.Driver.class);
    }

    @Test
    void takesItsOwnUrlsOnly() throws SQLException {
        assertThat(fixture.driver.acceptsURL("jdbc:postgresql://h/d")).isFalse();
        assertThat(fixture.driver.connect("jdbc:postgresql://h/d", new Properties()))
                .isNull();
        assertThat(fixture.driver.acceptsURL("jdbc:bauta:postgresql:d")).isTrue();
    }

    @Test
    void describesItsProperties() {
        DriverPropertyInfo[] properties =
                fixture.driver.getPropertyInfo(fixture.url() + "?bautaRules=r.yaml&sslmode=require", new Properties());
        assertThat(Arrays.stream(properties).limit(4).map(p -> p.name + "=" + p.value))
                .containsExactly("bautaRules=r.yaml", "bautaRulesPlainHttp=null", "bautaRole=null", "bautaKey=null");
        assertThat(properties).hasSize(4 + new org.postgresql.Driver().getPropertyInfo("", new Properties()).length);
        assertThat(properties).allSatisfy(p -> assertThat(p.description).isNotBlank());
        assertThat(Arrays.stream(properties).map(p -> p.name + "=" + p.value)).contains("sslmode=require");
    }

    @Test
    void noRuleFileNoConnection() {
        String url = fixture.url() + "?user=analyst&password=analyst";
        assertThatThrownBy(() -> DriverManager.getConnection(url))
                .isInstanceOf(SQLException.class)
                .hasMessage("The connection property bautaRules names no rule file.");
        assertThatThrownBy(() -> DriverManager.getConnection(url + "&bautaRules=/nowhere/rules.yaml"))
                .isInstanceOf(SQLException.class)
                .message()
                .contains("/nowhere/rules.yaml")
                .doesNotContain("\n");
    }

    @Test
    void theRoleIsCheckedAndNeverChosen() throws SQLException {
        fixture.connectAs("postgres", "bautaRole", "dba").close();
        assertThatThrownBy(() -> fixture.connect("bautaRole", "dba"))
                .isInstanceOf(BautaSQLException.class)
                .hasMessageStartingWith("ERROR: the user \"analyst\" has the role \"default\", not \"dba\"");
        assertThatThrownBy(() -> fixture.connectAs("outcast"))
                .isInstanceOf(BautaSQLException.class)
                .hasMessageContaining("may not connect");
    }

    @Test
    void propertiesOfTheUrlAndBesideItReachThePostgresDriver() throws SQLException {
        Properties beside = new Properties();
        beside.setProperty("password", "analyst");
        beside.setProperty("bautaRules", fixture.rules.toString());
        beside.setProperty("ApplicationName", "beside");
        String url = fixture.url() + "?user=analyst&ApplicationName=of%20the%20url&currentSchema=pg_catalog";
        try (Connection connection = Objects.requireNonNull(fixture.driver.connect(url, beside))) {
            assertThat(MaskingTest.query(connection, "SHOW application_name")).containsExactly("of the url");
            assertThat(MaskingTest.query(connection, "SHOW search_path")).containsExactly("pg_catalog");
        }
    }

    @Test
    void withoutAUserTheSystemsUserConnects() throws SQLException {
        String user = System.getProperty("user.name");
        fixture.database.run("DO $$ BEGIN CREATE ROLE \"" + user
                + "\" LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$");
        String url = fixture.url() + "?bautaRules=" + fixture.rules;
        try (Connection connection = Objects.requireNonNull(fixture.driver.connect(url, new Properties()))) {
            assertThat(MaskingTest.query(connection, "SELECT session_user")).containsExactly(user);
        }
    }

    @Test
    void theUserOfAServiceComesBeforeTheSystems(@TempDir Path directory) throws Exception {
        Path services = Files.writeString(
                directory.resolve("services"),
                """
                [shop]
                host=%s
                port=%d
                dbname=%s
                user=analyst
                """
                        .formatted(fixture.database.host(), fixture.database.port(), fixture.database.name()));
        System.setProperty(SERVICES, services.toString());
        String url = BautaDriver.PREFIX + "//?service=shop&bautaRules=" + fixture.rules;
        try (Connection connection = Objects.requireNonNull(fixture.driver.connect(url, new Properties()))) {
            assertThat(MaskingTest.query(connection, "SELECT session_user")).containsExactly("analyst");
        } finally {
            System.clearProperty(SERVICES);
        }
    }

    /** The PostgreSQL driver takes defaults from there: what begins the session is looked at, wherever it stands. */
    @Test
    void defaultsOnTheClassPathAreReviewedToo(@TempDir Path directory) throws Exception {
        Path defaults = directory.resolve("org/postgresql/driverconfig.properties");
        Files.createDirectories(defaults.getParent());
        Files.writeString(defaults, "options=-c client_min_messages=debug1\n");
        List<URL> classPath = new ArrayList<>(List.of(directory.toUri().toURL()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader application =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Driver driver = (Driver) application
                    .loadClass(BautaDriver.class.getName())
                    .getConstructor()
                    .newInstance();
            Properties analyst = new Properties();
            analyst.setProperty("user", "analyst");
            analyst.setProperty("bautaRules", fixture.rules.toString());
            assertThatThrownBy(() -> driver.connect(fixture.url(), analyst))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("startup parameter \"client_min_messages\" is not allowed to a masked role");
            analyst.setProperty("options", "-c statement_timeout=7s");
            try (Connection connection = driver.connect(fixture.url(), analyst)) {
                assertThat(MaskingTest.query(connection, "SHOW statement_timeout"))
                        .containsExactly("7s");
            }
        }
    }

    @Test
    void otherQueryModesWork() throws SQLException {
        for (String mode : new String[] {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"}) {
            try (Connection connection = fixture.connect("preferQueryMode", mode);
                    Statement statement = connection.createStatement();
                    var prepared = connection.prepareStatement("SELECT email FROM customers WHERE id = ?")) {
                prepared.setInt(1, 1);
                assertThat(MaskingTest.rows(prepared.executeQuery())).containsExactly("***");
                assertThat(MaskingTest.query(connection, "SELECT email FROM customers WHERE id = 1"))
                        .containsExactly("***");
                for (String end : new String[] {"", ";", " ; "}) {
                    statement.executeUpdate(
                            "INSERT INTO orders (note) VALUES ('x')" + end, Statement.RETURN_GENERATED_KEYS);
                    assertThat(MaskingTest.rows(statement.getGeneratedKeys())).hasSize(1);
                }
            }
        }
    }
}
