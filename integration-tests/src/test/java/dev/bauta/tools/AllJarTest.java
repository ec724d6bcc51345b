package dev.bauta.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver in one jar, as tools load it. The build tells where it is; other JDKs are given by {@code bauta.test.java}. */
class AllJarTest {
    /** In bytes. */
    private static final long LARGEST = 9_000_000;

    private static Path jar;

    @BeforeAll
    static void find() {
        String built = System.getProperty("bauta.all.jar");
        assumeTrue(built != null && Files.exists(Path.of(built)), "the one jar was not built");
        jar = Path.of(built);
    }

    @Test
    void masksInAJvmWithNothingElse(@TempDir Path folder) throws Exception {
        ToolShop shop = new ToolShop();
        List<String> lines =
                run(folder, shop.url(), ToolShop.MASKED_USER, "SELECT c.email FROM customer c WHERE id < 3");
        assertThat(lines.subList(0, 2)).containsExactly("a****", "b****");
        assertThat(lines).hasSize(3).last().asString().matches("[0-9]+ ms");
        System.out.println("First query through the one jar: " + lines.get(2));
        assertThat(run(folder, shop.url(), ToolShop.RAW_USER, "SELECT email FROM customer WHERE id = 1"))
                .startsWith("a@example.org");
        shop.database.drop();
    }

    private static List<String> run(Path folder, String... arguments) throws Exception {
        Path probe = folder.resolve("dev/bauta/tools/AllJarProbe.class");
        Files.createDirectories(Objects.requireNonNull(probe.getParent()));
        try (InputStream in = Objects.requireNonNull(AllJarTest.class.getResourceAsStream("AllJarProbe.class"))) {
            Files.write(probe, in.readAllBytes());
        }
        String java = System.getProperty("bauta.test.java", System.getProperty("java.home"));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(java, "bin", "java").toString(),
                "-cp",
                jar + File.pathSeparator + folder,
                "dev.bauta.tools.AllJarProbe");
        builder.command().addAll(List.of(arguments));
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output.lines().toList();
    }

    @Test
    void standsInNobodysWay() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.endsWith(".class"))
                            .filter(name -> !name.startsWith("dev/bauta/") && !name.startsWith("org/postgresql/")))
                    .isEmpty();
            assertThat(file.stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.startsWith("META-INF/services/") && !name.endsWith("/")))
                    .containsExactlyInAnyOrder(
                            "META-INF/services/java.sql.Driver",
                            "META-INF/services/dev.bauta.shaded.slf4j.spi.SLF4JServiceProvider");
            try (InputStream in = file.getInputStream(file.getEntry("META-INF/services/java.sql.Driver"))) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip())
                        .isEqualTo("dev.bauta.jdbc.BautaDriver");
            }
        }
    }

    @Test
    void isSmall() throws IOException {
        assertThat(Files.size(jar)).isLessThan(LARGEST);
    }
}
