package dev.bauta.proxy.command;

import dev.bauta.proxy.review.Survey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that hold what roles saw at a check. */
final class SurveyFile {
    private SurveyFile() {}

    /** Reads a file that {@link #write} wrote. */
    static Survey read(Path file) throws CommandFailure {
        try {
            return Survey.parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new CommandFailure(
                    ExitStatus.CONFIGURATION,
                    file + ": there is no such file; bauta check --baseline --save writes it");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitStatus.CONFIGURATION,
                    file + ": cannot be read: " + e.getClass().getSimpleName());
        } catch (Survey.UnreadableException e) {
            throw new CommandFailure(ExitStatus.CONFIGURATION, file + ": " + e.getMessage());
        }
    }

    /** Writes a file, in place of what it held. */
    static void write(Path file, Survey survey) throws CommandFailure {
        try {
            Files.writeString(file, survey.text(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitStatus.OUTPUT,
                    "cannot write " + file + ": " + e.getClass().getSimpleName());
        }
    }
}
