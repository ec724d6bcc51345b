package dev.bauta.clients;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program in {@code src/test/clients} with its interpreter.
 *
 * @param client the client's name, which is its folder's name
 * @param command the interpreter and the program's file in that folder
 */
record ExternalProgram(String client, List<String> command) implements ClientProgram {
    private static final Path FOLDER = Path.of("src/test/clients").toAbsolutePath();
    private static final String NODE_MODULES =
            Path.of("target/clients/node_modules").toAbsolutePath().toString();
    private static final int TIMEOUT_SECONDS = 120;

    static ExternalProgram python(String name) {
        return new ExternalProgram(name, List.of("/usr/bin/python3", "-B", "program.py"));
    }

    static ExternalProgram node(String name) {
        return new ExternalProgram(name, List.of("node", "program.cjs"));
    }

    /** With the libraries of Debian's packages, which stand where Go looked for them before it had modules. */
    static ExternalProgram go(String name) {
        return new ExternalProgram(
                name, List.of("env", "GO111MODULE=off", "GOPATH=/usr/share/gocode", "go", "run", "program.go"));
    }

    @Override
    public Optional<String> version() {
        try {
            Outcome outcome = start("version", Map.of());
            return outcome.exit() == 0 ? Optional.of(outcome.output().strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isJava() {
        return false;
    }

    @Override
    public String run(Phase phase, Target target) {
        try {
            Outcome outcome = start(phase.word(), target.environment());
            if (outcome.exit() != 0) {
                throw new AssertionError(client + " ended with " + outcome.exit() + "\n" + outcome.output()
                        + Files.readString(outcome.errors()));
            }
            return outcome.output();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Outcome(int exit, String output, Path errors) {}

    private Outcome start(String word, Map<String, String> environment) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.add(word);
        File errors = File.createTempFile("bauta-" + client, ".err");
        errors.deleteOnExit();
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(FOLDER.resolve(client).toFile())
                .redirectError(errors);
        builder.environment().putAll(environment);
        builder.environment().put("NODE_PATH", NODE_MODULES);
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return new Outcome(process.waitFor(), output, errors.toPath());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroy();
        }
    }

    @Override
    public String toString() {
        return client;
    }
}
