package dev.bauta.proxy.command;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.bauta.rulefile.Location;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a YAML file into nodes with their places. Not thread-safe. */
final class YamlReader {
    private final String file;
    private final YAMLParser parser;

    private YamlReader(String file, YAMLParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * Reads a file that holds one document of keys and values.
     *
     * @throws CommandFailure when it cannot be read or is not YAML
     */
    static YamlNode.Mapping read(Path path) throws CommandFailure {
        String file = path.toString();
        try (YAMLParser parser = new YAMLFactory().createParser(Files.readString(path))) {
            YamlReader reader = new YamlReader(file, parser);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw failure(new Location(file, 1, 1), "the file must hold keys with values");
            }
            return reader.mapping();
        } catch (JsonProcessingException e) {
            throw failure(toLocation(file, e.getLocation()), "not valid YAML: " + firstWords(e));
        } catch (IOException e) {
            throw failure(file, "cannot be read: " + reason(e));
        }
    }

    private YamlNode node() throws IOException, CommandFailure {
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping();
            case START_ARRAY -> sequence();
            case VALUE_NULL -> new YamlNode.Scalar("", here());
            default -> new YamlNode.Scalar(parser.getText(), here());
        };
    }

    private YamlNode.Mapping mapping() throws IOException, CommandFailure {
        Location start = here();
        List<YamlNode.Entry> entries = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            Location at = here();
            parser.nextToken();
            entries.add(new YamlNode.Entry(key, at, node()));
        }
        return new YamlNode.Mapping(entries, start);
    }

    private YamlNode.Sequence sequence() throws IOException, CommandFailure {
        Location start = here();
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node());
        }
        return new YamlNode.Sequence(items, start);
    }

    private Location here() {
        return toLocation(file, parser.currentTokenLocation());
    }

    private static Location toLocation(String file, JsonLocation at) {
        return new Location(file, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }

    private static CommandFailure failure(Object place, String message) {
        return new CommandFailure(ExitStatus.CONFIGURATION, place + ": " + message);
    }

    /** The parser's message without the lines it quotes from the file, which are indented and may hold a password. */
    private static String firstWords(JsonProcessingException e) {
        return e.getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .collect(Collectors.joining(", "));
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof CharacterCodingException ? "it is not UTF-8" : "input error";
    }
}
