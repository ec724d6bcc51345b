package dev.bauta.doors;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bauta.testing.Scenario;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario through the one jar, with no class from elsewhere: nothing is missing in it that a statement needs. */
class AllJarScenarioTest {
    private static ScenarioServer server;
    private static URLClassLoader loader;
    private static Driver driver;

    @BeforeAll
    static void open() throws Exception {
        String jar = System.getProperty("bauta.all.jar");
        assumeTrue(jar != null && Files.exists(Path.of(jar)), "the one jar was not built");
        server = new ScenarioServer();
        loader = new URLClassLoader(new URL[] {Path.of(jar).toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        driver = (Driver)
                loader.loadClass("dev.bauta.jdbc.BautaDriver").getConstructor().newInstance();
    }

    @AfterAll
    static void close() throws Exception {
        if (server != null) {
            server.close();
            loader.close();
        }
    }

    static Stream<Scenario> scenarios() {
        return DoorScenarioTest.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void answers(Scenario scenario) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("user", scenario.principal());
        properties.setProperty("password", scenario.principal());
        try (Connection connection = Objects.requireNonNull(driver.connect(server.driverUrl(), properties))) {
            DoorScenarioTest.check(connection, scenario);
        }
    }
}
