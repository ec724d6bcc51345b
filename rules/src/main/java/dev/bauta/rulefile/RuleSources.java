package dev.bauta.rulefile;

import dev.bauta.yaml.FileText;
import dev.bauta.yaml.InvalidFileException;
import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Shapes;
import dev.bauta.yaml.Words;
import dev.bauta.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a rule file and those that it includes. A file's own rules come before those of the files that it includes, and these in the order
 * in which it names them. Used once.
 */
final class RuleSources {
    /** In bytes, each file. */
    private static final int LARGEST = 4 * 1024 * 1024;

    private static final int MOST_FILES = 100;

    private final Problems problems;
    private final List<Source> sources = new ArrayList<>();
    private final Set<Path> seen = new LinkedHashSet<>();
    private final Set<Path> watched = new LinkedHashSet<>();

    RuleSources(Problems problems) {
        this.problems = problems;
    }

    /**
     * One file.
     *
     * @param root what it holds
     * @param text its text
     * @param folder where relative paths in it start
     */
    record Source(Node root, String text, Path folder) {
        /** Not the text. */
        @Override
        public String toString() {
            return "Source[" + root.at().file() + "]";
        }
    }

    /** The files in the order in which their rules count. */
    List<Source> sources() {
        return sources;
    }

    /** The files that were read or looked for, and the folders in which some were looked for by pattern. */
    Set<Path> watched() {
        return watched;
    }

    /** Reads a file and what it includes. @throws InvalidFileException when the file itself cannot be read */
    void read(Path file) throws InvalidFileException {
        watched.add(file);
        seen.add(file.toAbsolutePath().normalize());
        String text = FileText.read(file, LARGEST, problems);
        take(YamlReader.read(text, problems), text, file, folderOf(file));
    }

    /** Takes a text that stands in no file, and so can include none. */
    void read(String text, Path folder) throws InvalidFileException {
        take(YamlReader.read(text, problems), text, null, folder);
    }

    private void take(Node root, String text, @Nullable Path file, Path folder) {
        sources.add(new Source(root, text, folder));
        if (!(root instanceof Node.Mapping mapping)) {
            return;
        }
        Node include = mapping.entries().stream()
                .filter(entry -> entry.key().text().equals("include"))
                .map(Node.Entry::value)
                .findFirst()
                .orElse(null);
        if (include != null) {
            for (Node item : new Shapes(problems).listOrOne(include, "'include'")) {
                new Shapes(problems).text(item, "a file").ifPresent(scalar -> include(scalar, file));
            }
        }
    }

    private void include(Node.Scalar name, @Nullable Path from) {
        if (from == null) {
            problems.add(name, "rules that are not read from a file cannot include others");
            return;
        }
        try {
            Path path = from.resolveSibling(Path.of(name.text()));
            String last = String.valueOf(path.getFileName());
            if (last.indexOf('*') < 0) {
                include(path, name);
                return;
            }
            for (Path each : matching(folderOf(path), last)) {
                include(path.resolveSibling(String.valueOf(each.getFileName())), name);
            }
        } catch (InvalidPathException e) {
            problems.add(name, Words.quoted(name.text()) + " is no path");
        } catch (IOException | DirectoryIteratorException e) {
            problems.add(name, "the folder of " + Words.quoted(name.text()) + " cannot be read");
        }
    }

    private List<Path> matching(Path folder, String pattern) throws IOException {
        watched.add(folder);
        NamePattern name = new NamePattern(pattern);
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path each : all) {
                if (name.matches(String.valueOf(each.getFileName())) && Files.isRegularFile(each)) {
                    found.add(each);
                }
            }
        }
        found.sort(null);
        return found;
    }

    private void include(Path file, Node.Scalar by) {
        watched.add(file);
        if (!seen.add(file.toAbsolutePath().normalize())) {
            problems.add(by, "the file " + Words.quoted(file.toString()) + " is included already");
        } else if (seen.size() > MOST_FILES) {
            problems.add(by, "more than 100 files are included");
        } else {
            readIncluded(file, by);
        }
    }

    private void readIncluded(Path file, Node.Scalar by) {
        try {
            String text = FileText.read(file, LARGEST);
            parse(text, file).ifPresent(root -> take(root, text, file, folderOf(file)));
        } catch (FileText.UnreadableException e) {
            problems.add(by, "the included file " + Words.quoted(file.toString()) + " cannot be read: " + e.reason());
        }
    }

    private Optional<Node> parse(String text, Path file) {
        Problems own = new Problems(file.toString());
        try {
            return Optional.of(YamlReader.read(text, own));
        } catch (InvalidFileException e) {
            return Optional.empty();
        } finally {
            problems.addAll(own);
        }
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /** The mappings of all files; a file that holds none is reported. */
    List<Section> sections(List<String> keys) throws InvalidFileException {
        List<Section> sections = new ArrayList<>();
        for (Source source : sources) {
            if (source.root() instanceof Node.Mapping mapping) {
                sections.add(Section.of(mapping, "the file", keys, problems));
            } else {
                reportShape(source.root());
            }
        }
        if (sections.size() < sources.size()) {
            throw problems.toException();
        }
        return sections;
    }

    private void reportShape(Node root) {
        boolean empty = root instanceof Node.Scalar scalar && scalar.isMissing();
        String message = empty ? "the file is empty" : "a rule file must hold keys with values, not " + root.kind();
        problems.add(root, message + "; start it with 'version: 1'");
    }
}
