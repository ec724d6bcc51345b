package dev.bauta.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a text file in UTF-8 with a limit to its size. */
public final class FileText {
    /** Why a file could not be read: one phrase to follow the file's name and a colon or "which", and the place of a bad byte. */
    public static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;
        private final int column;

        UnreadableException(String reason, int line, int column) {
            super(reason, null, false, false);
            this.line = line;
            this.column = column;
        }

        UnreadableException(String reason) {
            this(reason, 0, 0);
        }

        /** The place in the file, line 0 when the file as a whole is meant. */
        public Location at(String file) {
            return new Location(file, line, column);
        }

        /** Never null. */
        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    private FileText() {}

    /**
     * The whole text, without a byte order mark.
     *
     * @param most the largest size that is accepted, in bytes
     * @throws InvalidFileException when it cannot be read, with what was found before
     */
    public static String read(Path path, int most, Problems problems) throws InvalidFileException {
        try {
            return read(path, most);
        } catch (UnreadableException e) {
            problems.add(e.at(problems.file().file()), e.reason());
            throw problems.toException();
        }
    }

    /**
     * The whole text, without a byte order mark.
     *
     * @param most the largest size that is accepted, in bytes
     */
    public static String read(Path path, int most) throws UnreadableException {
        if (Files.isDirectory(path)) {
            throw new UnreadableException("this is a directory, not a file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new UnreadableException("the file has more than " + most / 1024 + " KiB");
            }
            return decode(bytes);
        } catch (NoSuchFileException e) {
            throw new UnreadableException("there is no such file");
        } catch (AccessDeniedException e) {
            throw new UnreadableException("permission to read the file is denied");
        } catch (IOException e) {
            throw new UnreadableException(
                    "the file cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static String decode(byte[] bytes) throws UnreadableException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int lineStart = text.lastIndexOf('\n') + 1;
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            int column = 1 + text.codePointCount(lineStart, text.length());
            throw new UnreadableException("this byte is not UTF-8; save the file in UTF-8", line, column);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
