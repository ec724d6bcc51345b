package dev.bauta.proxy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs psql, where it is installed. */
public final class Psql {
    private Psql() {}

    /**
     * What psql prints, errors included, for one statement.
     *
     * @param connection keywords and values of libpq
     */
    public static String run(String connection, String statement) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, "psql").canExecute()));
        ProcessBuilder builder = new ProcessBuilder(
                "psql", "-X", "-w", "-A", "-t", "-d", connection + " connect_timeout=20", "-c", statement);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process psql = builder.redirectErrorStream(true).start();
        psql.getOutputStream().close();
        String output = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(psql.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }
}
