package dev.bauta.proxy.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that write a file. A file that exists is left alone unless {@code --force} is given. */
final class OutputFile {
    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the result to this file. A file that exists is an error.")
    private @Nullable Path file;

    @Option(names = "--force", description = "Overwrite the file that --output names.")
    private boolean force;

    /** True when a file was asked for. */
    boolean isGiven() {
        return file != null;
    }

    /**
     * Refuses a file that exists before any work is begun.
     *
     * @throws CommandFailure when the file exists and may not be overwritten
     */
    void requireFree() throws CommandFailure {
        if (file != null && !force && Files.exists(file)) {
            throw exists(file);
        }
    }

    /**
     * Writes the text, where a file was asked for.
     *
     * @throws CommandFailure when that is not possible
     */
    void write(String text) throws CommandFailure {
        if (file == null) {
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (force) {
                Files.write(file, bytes);
            } else {
                Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitStatus.OUTPUT, "cannot write " + file + ": there is no such directory");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitStatus.OUTPUT,
                    "cannot write " + file + ": " + e.getClass().getSimpleName());
        }
    }

    private static CommandFailure exists(Path file) {
        return new CommandFailure(
                ExitStatus.OUTPUT, file + " exists already; name another file or add --force to overwrite it");
    }

    /** The file's name, or nothing. */
    @Override
    public String toString() {
        return file == null ? "" : file.toString();
    }
}
