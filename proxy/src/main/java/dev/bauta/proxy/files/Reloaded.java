package dev.bauta.proxy.files;

import dev.bauta.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was read from files, and is read again when their content changes. Files that cannot be used leave the last good state in
 * force, and the reason is logged, once for each reason. Thread-safe.
 *
 * @param <T> what the files hold, immutable
 */
public final class Reloaded<T> implements Supplier<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Reloaded.class);

    /** Reads the files. */
    public interface Reader<T> {
        /** Reads all of them. @throws UnusableFileException when one of them cannot be used */
        T read() throws UnusableFileException;
    }

    private final String what;
    private final List<Path> files;
    private final Reader<T> reader;
    private volatile T current;
    private byte[] digest;
    private String problem = "";

    private Reloaded(String what, List<Path> files, Reader<T> reader) throws UnusableFileException {
        this.what = what;
        this.files = List.copyOf(files);
        this.reader = reader;
        this.digest = digest();
        this.current = reader.read();
    }

    /**
     * Reads the files for the first time.
     *
     * @param what what they hold, for the log, such as {@code certificate}
     */
    public static <T> Reloaded<T> load(String what, List<Path> files, Reader<T> reader) throws UnusableFileException {
        return new Reloaded<>(what, files, reader);
    }

    /** The last good state. */
    @Override
    public T get() {
        return current;
    }

    /** Looks whether the files have changed, and reads them if so. @return why they cannot be used, if so */
    public synchronized Optional<String> look() {
        byte[] now = digest();
        if (Arrays.equals(now, digest)) {
            return Optional.empty();
        }
        try {
            current = reader.read();
            digest = now;
            problem = "";
            LOG.atInfo().addKeyValue("files", files).log("{} read anew", what);
            return Optional.empty();
        } catch (UnusableFileException e) {
            report(e.getMessage());
            return Optional.of(e.getMessage());
        }
    }

    /** Files can change one after the other: what does not fit together now is looked at again. */
    private void report(String found) {
        if (!found.equals(problem)) {
            LOG.atError()
                    .addKeyValue("problem", found)
                    .log("{} cannot be used; the last good one stays in force", what);
            problem = found;
        }
    }

    /** A file that cannot be read counts as empty. */
    private byte[] digest() {
        MessageDigest sha256 = Sha256.start();
        for (Path file : files) {
            try {
                byte[] content = Files.readAllBytes(file);
                sha256.update((content.length + ":").getBytes(StandardCharsets.US_ASCII));
                sha256.update(content);
            } catch (IOException e) {
                sha256.update((byte) '-');
            }
        }
        return sha256.digest();
    }

    @Override
    public String toString() {
        return "Reloaded" + files;
    }
}
