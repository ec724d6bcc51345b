package dev.bauta.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads YAML into nodes. What a value means is left to who asks for it, so that names such as {@code no}, {@code on} or
 * {@code 010} stay what they are; the token's kind that the YAML library guesses is not looked at. Not thread-safe.
 */
public final class YamlReader {
    /** No file needs more, and readers of nodes may recurse. */
    private static final int DEEPEST = 20;

    private static final YAMLFactory FACTORY =
            YAMLFactory.builder().loaderOptions(unlimited()).build();

    private final YAMLParser parser;
    private final int[] source;
    private final Problems problems;
    private final boolean tagged;
    private int depth;

    private YamlReader(YAMLParser parser, int[] source, Problems problems, boolean tagged) {
        this.parser = parser;
        this.source = source;
        this.problems = problems;
        this.tagged = tagged;
    }

    /** The size was checked before, in bytes. */
    private static LoaderOptions unlimited() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return options;
    }

    /**
     * Reads one document.
     *
     * @throws InvalidFileException when the text is not YAML, or uses what no file of ours may use
     */
    public static Node read(String text, Problems problems) throws InvalidFileException {
        return read(text, problems, false);
    }

    /**
     * Reads one document of another system, in which YAML tags may stand; they are passed over.
     *
     * @throws InvalidFileException as for {@link #read}
     */
    public static Node readTagged(String text, Problems problems) throws InvalidFileException {
        return read(text, problems, true);
    }

    private static Node read(String text, Problems problems, boolean tagged) throws InvalidFileException {
        int[] source = text.codePoints().toArray();
        Characters.check(source, problems);
        try (YAMLParser parser = FACTORY.createParser(text)) {
            Node root = new YamlReader(parser, source, problems, tagged).document();
            problems.throwIfAny();
            return root;
        } catch (JsonProcessingException e) {
            problems.add(SyntaxProblems.toProblem(e, problems));
            throw problems.toException();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private Node document() throws IOException, InvalidFileException {
        if (parser.nextToken() == null) {
            return new Node.Scalar("", true, problems.at(1, 1));
        }
        Node root = node();
        if (parser.nextToken() != null) {
            problems.add(here(), "a second document starts here; a file holds one document, so take out the '---'");
        }
        return root;
    }

    private Node node() throws IOException, InvalidFileException {
        checkFeatures();
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping();
            case START_ARRAY -> sequence();
            default -> scalar(parser.getText());
        };
    }

    private Node.Mapping mapping() throws IOException, InvalidFileException {
        Location start = here();
        List<Node.Entry> entries = new ArrayList<>();
        descend(start);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            checkFeatures();
            Node.Scalar key = scalar(parser.currentName());
            parser.nextToken();
            entries.add(new Node.Entry(key, node()));
        }
        depth--;
        return new Node.Mapping(entries, start);
    }

    private Node.Sequence sequence() throws IOException, InvalidFileException {
        Location start = here();
        List<Node> items = new ArrayList<>();
        descend(start);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node());
        }
        depth--;
        return new Node.Sequence(items, start);
    }

    private void descend(Location at) throws InvalidFileException {
        if (++depth > DEEPEST) {
            problems.add(
                    at, "lists and keys are nested more than " + DEEPEST + " deep; check brackets and indentation");
            throw problems.toException();
        }
    }

    private Node.Scalar scalar(String text) {
        int first = firstCharacter();
        boolean quoted = first == '"' || first == '\'' || first == '|' || first == '>';
        return new Node.Scalar(text, !quoted, here());
    }

    /** Anchor, alias and tag are told by the first character: a plain scalar cannot start with any of these. */
    private void checkFeatures() {
        switch (firstCharacter()) {
            case '&' -> problems.add(here(), "YAML anchors ('&name') are not supported; write the value out");
            case '*' ->
                problems.add(
                        here(),
                        "put what starts with '*' in quotes; without them it is a YAML alias, which is not supported");
            case '!' -> {
                if (!tagged) {
                    problems.add(here(), "YAML tags ('!name') are not supported; take the tag out");
                }
            }
            default -> {}
        }
    }

    private int firstCharacter() {
        int offset = (int) parser.currentTokenLocation().getCharOffset();
        return offset < source.length ? source[offset] : -1;
    }

    private Location here() {
        JsonLocation at = parser.currentTokenLocation();
        return problems.at(at.getLineNr(), at.getColumnNr());
    }
}
