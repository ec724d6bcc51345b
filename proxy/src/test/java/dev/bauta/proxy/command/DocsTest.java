package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.serving.ProxyConfig;
import dev.bauta.proxy.session.Limits;
import dev.bauta.proxy.testing.TestCertificates;
import dev.bauta.rulefile.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples in the documentation, run. */
class DocsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("PGPASSWORD", "x", "BAUTA_CATALOG_PASSWORD", "x");
    private static final Path ROOT = Path.of("..");
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```");

    /** A link to a file of the project, or to a heading in it or in the page itself. */
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    private final Path directory;

    DocsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void theConfigurationInTheReferenceShowsEveryDefault() throws Exception {
        ProxyConfig config = loadConfig("docs/proxy.md");
        assertThat(config.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(config.catalog().refresh()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.servers().hosts().get(0).port()).isEqualTo(5432);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls:", "authentication:"})
    void theSectionsInTheReferenceAreGood(String section) throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        certificates.issueForServer("server");
        Files.writeString(directory.resolve("users.txt"), "; nobody yet\n");
        String whole = yaml("docs/proxy.md", "listen:") + yaml("docs/proxy.md", section);
        Path file = Files.writeString(directory.resolve("bauta.yaml"), whole);
        assertThat(ProxyConfigFile.load(file, ENVIRONMENT)).isNotNull();
    }

    @Test
    void theSeveralServersInTheReferenceAreGood() throws Exception {
        String whole = yaml("docs/proxy.md", "server:\n  host: [") + "catalog: {user: u, databases: [d]}\nrules: r\n";
        Path file = Files.writeString(directory.resolve("bauta.yaml"), whole);
        assertThat(ProxyConfigFile.load(file, ENVIRONMENT).servers().hosts()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/quick-start.md"})
    void theShortConfigurationsAreTheSame(String page) throws Exception {
        assertThat(loadConfig(page).catalog().databases()).containsExactly("postgres");
    }

    @Test
    void theRulesInTheReadmeAreGood() throws Exception {
        Path file = Files.writeString(directory.resolve("rules.yaml"), yaml("README.md", "version:"));
        Files.writeString(directory.resolve("bauta.key"), "0123456789abcdef");
        assertThat(RuleFile.load(file).columns()).isNotEmpty();
    }

    @Test
    void theReferenceListsEveryExitStatus() throws Exception {
        List<String> documented = Pattern.compile("(?m)^\\| (\\d+) \\|")
                .matcher(read("docs/proxy.md"))
                .results()
                .map(row -> row.group(1))
                .filter(status -> !status.equals("3"))
                .toList();
        assertThat(documented)
                .isEqualTo(Arrays.stream(ExitStatus.values())
                        .map(status -> Integer.toString(status.code()))
                        .toList());
    }

    @Test
    void noLinkLeadsNowhere() throws Exception {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CHANGELOG.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
        }
        for (Path page : pages) {
            assertThat(LINK.matcher(Files.readString(page)).results())
                    .as(page.toString())
                    .allSatisfy(link -> {
                        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                        assertThat(target).exists();
                        if (link.group(2) != null) {
                            assertThat(anchors(target)).contains(link.group(2));
                        }
                    });
        }
    }

    /** As GitHub makes them of headings: small letters, without punctuation, a hyphen for each blank. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private ProxyConfig loadConfig(String page) throws IOException, CommandFailure {
        Path file = Files.writeString(directory.resolve("bauta.yaml"), yaml(page, "listen:"));
        return ProxyConfigFile.load(file, ENVIRONMENT);
    }

    private static String yaml(String page, String start) throws IOException {
        return YAML.matcher(read(page))
                .results()
                .map((MatchResult block) -> block.group(1))
                .filter(text -> ("\n" + text).contains("\n" + start))
                .findFirst()
                .orElseThrow();
    }

    private static String read(String page) throws IOException {
        return Files.readString(ROOT.resolve(page));
    }
}
