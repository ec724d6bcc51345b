package dev.bauta.proxy.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The demonstration's directory: server, rule file, and a key that is drawn anew in each run.
 *
 * @param directory a directory of the user's own, which goes away with the demonstration
 */
record DemoFiles(Path directory) implements AutoCloseable {
    private static final int KEY_BYTES = 32;

    /** Creates the directory, with rules and key in it. */
    static DemoFiles create() throws IOException {
        DemoFiles files = new DemoFiles(Files.createTempDirectory("bauta-demo-"));
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Files.writeString(
                files.directory.resolve("bauta.key"),
                "base64:" + Base64.getEncoder().encodeToString(key) + "\n");
        Files.writeString(files.rules(), DemoData.resource("rules.yaml"));
        return files;
    }

    /** The rule file. */
    Path rules() {
        return directory.resolve("rules.yaml");
    }

    /** Deletes everything. */
    @Override
    public void close() {
        try (Stream<Path> walk = Files.walk(directory)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
