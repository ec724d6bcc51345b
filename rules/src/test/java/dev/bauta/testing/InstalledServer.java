package dev.bauta.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL server of installed programs, such as a Debian package's, with a directory of its own. It ends with the JVM. Where root runs the
 * tests, the user {@code postgres} runs the server, which refuses root.
 */
final class InstalledServer {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path programs;
    private final Path directory;

    private InstalledServer(Path programs, Path directory) {
        this.programs = programs;
        this.directory = directory;
    }

    /**
     * Starts a server, whose superuser {@code postgres} needs no password.
     *
     * @param programs the directory of {@code initdb} and {@code pg_ctl}
     * @return its port on 127.0.0.1
     */
    static int start(Path programs) throws IOException {
        Path directory = Files.createTempDirectory("postgres");
        InstalledServer server = new InstalledServer(programs, directory);
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        if (ROOT) {
            execute(List.of("chown", "postgres", directory.toString()));
        }
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        server.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + directory
                + " -c fsync=off -c synchronous_commit=off -c max_prepared_transactions=4 -c autovacuum=off";
        server.run("pg_ctl", "-w", "-l", directory.resolve("log").toString(), "-o", options, "start");
        return port;
    }

    private void stop() {
        try {
            if (Files.exists(directory.resolve("data").resolve("postmaster.pid"))) {
                run("pg_ctl", "-m", "immediate", "stop");
            }
            execute(List.of("rm", "-rf", directory.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (ROOT) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.addAll(List.of(
                programs.resolve(program).toString(),
                "-D",
                directory.resolve("data").toString()));
        command.addAll(List.of(arguments));
        execute(command);
    }

    private static void execute(List<String> command) throws IOException {
        // Not by a pipe, which the server would hold open.
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
