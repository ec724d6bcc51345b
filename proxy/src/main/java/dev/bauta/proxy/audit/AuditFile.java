package dev.bauta.proxy.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that records are appended to. At its greatest size it is put aside under a name that ends in its last record's number,
 * and a new one is begun. Not thread-safe.
 */
final class AuditFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);
    /** How far from the end the last record is looked for at first, in bytes: more than all but those have that name very many columns. */
    private static final int USUAL_LINE = 64 * 1024;

    /** How far it is looked for at most. */
    private static final int LONGEST_LINE = 512 * 1024 * 1024;

    private static final Set<StandardOpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Path file;
    private final long rotateBytes;
    private final int keep;
    private FileChannel channel;
    /** By which the file that is open is told from another one under its name; null where the file system has nothing of the kind. */
    private @Nullable Object identity;

    private AuditChain.Link last;

    private AuditFile(AuditSettings settings, FileChannel channel, AuditChain.Link last) {
        this.file = settings.file();
        this.rotateBytes = settings.rotateBytes();
        this.keep = settings.keep();
        this.channel = channel;
        this.identity = identify();
        this.last = last;
    }

    /**
     * Opens the file, and takes the chain up where it ends. A last line that was not written to its end is cut off.
     *
     * @throws IOException when it cannot be written, is another process's, or does not end in a record of this chain
     */
    static AuditFile open(AuditSettings settings, AuditChain chain) throws IOException {
        FileChannel channel = openChannel(settings.file());
        try {
            return new AuditFile(settings, channel, findLast(settings.file(), channel, chain));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel openChannel(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, OPTIONS, modes(file));
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new IOException(file + " is being written by another process");
        }
        return channel;
    }

    /** Where the file system has such a thing, a new file is readable to its owner and group alone. */
    private static FileAttribute<?>[] modes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
                }
                : new FileAttribute<?>[0];
    }

    private @Nullable Object identify() {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            // Nothing else is the same as that.
            return new Object();
        }
    }

    private static AuditChain.Link findLast(Path file, FileChannel channel, AuditChain chain) throws IOException {
        cutUnfinished(channel);
        String line = channel.size() == 0 ? lastLineBefore(file) : lastLine(channel);
        if (line.isEmpty()) {
            return AuditChain.BEGINNING;
        }
        return chain.read(line)
                .orElseThrow(
                        () -> new IOException(
                                file
                                        + " does not end in a record of this chain; has it been changed, or its key? See bauta audit verify"))
                .link();
    }

    private static void cutUnfinished(FileChannel channel) throws IOException {
        String tail = tail(channel);
        int end = tail.lastIndexOf('\n') + 1;
        int unfinished = tail.length() - end;
        if (unfinished > 0) {
            LOG.atWarn().addKeyValue("bytes", unfinished).log("an unfinished audit record was cut off");
            channel.truncate(channel.size() - unfinished);
        }
    }

    private static String lastLine(FileChannel channel) throws IOException {
        String tail = tail(channel);
        return tail.substring(tail.lastIndexOf('\n', tail.length() - 2) + 1, tail.length() - 1);
    }

    /** The file's end, with the last record and what has not been written to its end behind it; records are ASCII. */
    private static String tail(FileChannel channel) throws IOException {
        int length = USUAL_LINE;
        String tail = tail(channel, length);
        while (tail.length() == length && length < LONGEST_LINE && tail.indexOf('\n') == tail.lastIndexOf('\n')) {
            length *= 2;
            tail = tail(channel, length);
        }
        return tail;
    }

    private static String tail(FileChannel channel, int length) throws IOException {
        ByteBuffer end = ByteBuffer.allocate((int) Math.min(length, channel.size()));
        long from = channel.size() - end.capacity();
        while (end.hasRemaining() && channel.read(end, from + end.position()) >= 0) {
            // Until the end is reached.
        }
        return new String(end.array(), 0, end.position(), StandardCharsets.ISO_8859_1);
    }

    /** A proxy can have ended between putting a file aside and beginning the next. */
    private static String lastLineBefore(Path file) throws IOException {
        List<Path> aside = aside(file);
        if (aside.isEmpty()) {
            return "";
        }
        try (FileChannel channel = FileChannel.open(aside.get(aside.size() - 1), StandardOpenOption.READ)) {
            return channel.size() == 0 ? "" : lastLine(channel);
        }
    }

    /** A record's number and line, as it stands there. */
    record Stored(long sequence, String text) {}

    /** Takes lines in their order. */
    interface Taking {
        /** Takes some. */
        void take(List<Stored> lines) throws IOException, SQLException;
    }

    /**
     * Reads the file's records from a number on, as many at a time as are written at a time.
     *
     * @param first the number
     */
    void read(long first, int most, Taking taking) throws IOException, SQLException {
        List<Stored> lines = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                long sequence = AuditChain.sequenceOf(line);
                if (sequence >= first) {
                    lines.add(new Stored(sequence, line));
                }
                if (lines.size() == most) {
                    taking.take(lines);
                    lines.clear();
                }
            }
        }
        if (!lines.isEmpty()) {
            taking.take(lines);
        }
    }

    /** By which the next record is bound. */
    AuditChain.Link last() {
        return last;
    }

    /**
     * Appends lines, all or none.
     *
     * @throws IOException when that cannot be
     */
    void write(List<AuditChain.Line> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append('\n'));
        beginAnewWhereTakenAway();
        long before = channel.size();
        channel.position(before);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            if (channel.isOpen()) {
                channel.truncate(before);
                channel.position(before);
            }
            throw e;
        }
        last = lines.get(lines.size() - 1).link();
    }

    /** Whoever removes or moves the file must not have what follows written where nobody looks. What is missing by then the chain shows. */
    private void beginAnewWhereTakenAway() throws IOException {
        if (channel.isOpen() && !Objects.equals(identity, identify())) {
            LOG.atError().addKeyValue("file", file).log("the audit file was taken away; a new one is begun");
            channel.close();
        }
        reopenWhereClosed();
    }

    /** Where the last attempt failed half-way. */
    private void reopenWhereClosed() throws IOException {
        if (!channel.isOpen()) {
            reopen();
        }
    }

    private void reopen() throws IOException {
        channel = openChannel(file);
        identity = identify();
    }

    /** Puts the file aside when it is large enough. */
    void rotateIfDue() throws IOException {
        reopenWhereClosed();
        if (channel.size() < rotateBytes) {
            return;
        }
        channel.force(false);
        channel.close();
        Files.move(
                file, file.resolveSibling(String.format(Locale.ROOT, "%s.%012d", file.getFileName(), last.sequence())));
        reopen();
        List<Path> aside = aside(file);
        for (int i = 0; keep > 0 && i < aside.size() - keep; i++) {
            Files.delete(aside.get(i));
        }
    }

    /** Files put aside, eldest first. */
    static List<Path> aside(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        String prefix = file.getFileName() + ".";
        try (Stream<Path> files = Files.list(directory == null ? Path.of(".") : directory)) {
            return files.filter(each -> isAside(String.valueOf(each.getFileName()), prefix))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isAside(String name, String prefix) {
        return name.startsWith(prefix) && name.substring(prefix.length()).matches("[0-9]{12,18}");
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.force(false);
            channel.close();
        }
    }
}
