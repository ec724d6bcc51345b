package dev.bauta.coverage;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the corpora come from. */
final class Corpora {
    /** What the clients of the integration tests send. */
    private static final Path CLIENTS = Path.of("../integration-tests/src/test/resources/clients");

    private Corpora() {}

    /** The regression suite of PostgreSQL 15. */
    static Corpus suite(Ingredients ingredients, Grammar grammar) throws IOException, InterruptedException {
        Ingredients.Unpacked suite = ingredients.suite("bookworm", "postgresql-15");
        Corpus corpus = new Corpus("regression suite of PostgreSQL " + suite.version(), grammar);
        for (Path file : files(suite.folder(), ".sql")) {
            corpus.addScript(read(file));
        }
        return corpus;
    }

    /** Our own list of constructs, as far as the version knows them. */
    static Corpus constructs(Grammar grammar, int version) throws IOException {
        Corpus corpus = new Corpus("constructs of PostgreSQL " + version, grammar);
        for (Constructs construct : Constructs.all()) {
            if (construct.since() <= version) {
                corpus.add(construct.sql());
            }
        }
        return corpus;
    }

    /**
     * A corpus for each file of JSON lines among the clients' and in the folder that {@code bauta.corpora} names; none where there
     * is no such folder.
     */
    static List<Corpus> recorded(Grammar grammar) throws IOException {
        List<Corpus> corpora = new ArrayList<>();
        String folder = System.getProperty("bauta.corpora");
        if (folder != null) {
            addAll(Path.of(folder), grammar, corpora);
        }
        addAll(CLIENTS, grammar, corpora);
        return corpora;
    }

    private static void addAll(Path folder, Grammar grammar, List<Corpus> corpora) throws IOException {
        for (Path file : files(folder, ".jsonl")) {
            Corpus corpus = new Corpus(file.getFileName().toString().replace(".jsonl", ""), grammar);
            recordedTexts(file).forEach(corpus::add);
            corpora.add(corpus);
        }
    }

    /** What the recorded clients sent. */
    static List<String> clientTexts() throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : files(CLIENTS, ".jsonl")) {
            texts.addAll(recordedTexts(file));
        }
        return texts;
    }

    private static List<String> recordedTexts(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> texts = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            texts.add(json.readTree(line).get("sql").asText());
        }
        return texts;
    }

    /** The texts of all of them. */
    static List<String> texts(Ingredients ingredients, Grammar grammar) throws IOException, InterruptedException {
        List<String> texts =
                new ArrayList<>(suite(ingredients, grammar).statements().keySet());
        for (Corpus corpus : recorded(grammar)) {
            texts.addAll(corpus.statements().keySet());
        }
        for (Constructs construct : Constructs.all()) {
            // They hold more for each of them than a statement of the suite.
            for (int i = 0; i < 40; i++) {
                texts.add(construct.sql());
            }
        }
        return texts;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        }
    }
}
