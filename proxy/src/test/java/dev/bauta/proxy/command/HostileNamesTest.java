package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.testing.TestDatabase;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Names with line ends, escape sequences, mark-up and marks that turn the order of characters add nothing to what commands say. */
class HostileNamesTest {
    private static final String TABLE = "t\nforged: passed\u001b[2J\u202e</script><script>\uffff";

    private static TestDatabase database;
    private static Path directory;

    @BeforeAll
    static void create(@TempDir Path files) throws Exception {
        String table = '"' + TABLE + '"';
        database = TestDatabase.create(
                """
                DO $$ BEGIN CREATE ROLE names_reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                CREATE TABLE TABLE (id int, "e\nforged: \u202email" text NOT NULL, phone text);
                INSERT INTO TABLE VALUES (1, 'canary@example.org', '+49 30 12345678'), (2, 'canary@example.com', NULL);
                GRANT SELECT ON TABLE TO names_reader;
                """
                        .replace("CREATE TABLE TABLE", "CREATE TABLE " + table)
                        .replace("INTO TABLE", "INTO " + table)
                        .replace("ON TABLE", "ON " + table));
        directory = files;
        Files.writeString(
                files.resolve("rules.yaml"),
                """
                version: 1
                roles:
                  - {name: dba, users: postgres, access: raw}
                columns:
                  - {match: "*.*.e*mail", mask: "null"}
                """);
    }

    @AfterAll
    static void drop() {
        database.run("DROP OWNED BY names_reader");
        database.drop();
    }

    @Test
    void namesThatAreNotUtf8AreToldOf() throws Exception {
        database.run("CREATE DATABASE names_in_ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'");
        try (Connection connection = DriverManager.getConnection(
                        database.url().replace(database.name(), "names_in_ascii"), "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    DO $$ BEGIN
                      EXECUTE 'CREATE TABLE "' || convert_from('\\x636166e9', 'SQL_ASCII') || '" (id int)';
                    END $$
                    """);
        }
        Path rules = Files.writeString(directory.resolve("ascii.yaml"), "version: 1\ncolumns: []\n");
        try {
            for (String command : List.of("check --rules=" + rules, "discover")) {
                List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
                arguments.addAll(
                        List.of("--host=" + database.host(), "--port=" + database.port(), "--database=names_in_ascii"));
                assertThat(CommandRun.of(arguments.toArray(String[]::new)))
                        .as(command)
                        .isEqualTo(new CommandRun(
                                5,
                                "",
                                "bauta: the database cannot be read: names or texts in it are not UTF-8, as they can be where"
                                        + " the encoding is SQL_ASCII; Bauta needs a database in UTF8\n"));
            }
        } finally {
            database.run("DROP DATABASE names_in_ascii WITH (FORCE)");
        }
    }

    @Test
    void verifyWritesReportsOfTheirOwnLinesAlone() throws Exception {
        Path html = directory.resolve("report.html");
        Path junit = directory.resolve("report.xml");
        CommandRun run = run(
                "verify", "--as=names_reader", "--no-attacks", "--quasi=phone", "--html=" + html, "--junit=" + junit);
        assertThat(run.status()).isEqualTo(1);
        requireOwnLines(run);
        assertThat(run.out()).contains("t?forged: passed?[2J?</script><script>\uffff: k-anonymity (anonymity)");
        assertThat(Files.readString(html)).doesNotContain("<script", "</script", "\u202e", "\u001b", "\nforged");
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Files.readString(junit))));
        Element suite = (Element) document.getElementsByTagName("testcase").item(0);
        assertThat(suite.getAttribute("classname")).isEqualTo("schema.public.t?forged: passed?[2J?</script><script>?");
        JsonNode json = new ObjectMapper()
                .readTree(run("verify", "--as=names_reader", "--no-attacks", "--format=json")
                        .out());
        assertThat(json.get("checks").get(0).get("subject").asText()).isEqualTo("public." + TABLE);
    }

    @Test
    void otherCommandsToo() {
        requireOwnLines(run("check"));
        requireOwnLines(run("check", "--format=json"));
        requireOwnLines(run("explain", "SELECT * FROM \"" + TABLE + '"', "--format=json"));
        CommandRun rewritten = run("explain", "SELECT * FROM \"" + TABLE + '"');
        assertThat(rewritten.out()).contains("decision  rewrite");
        assertThat(rewritten.out().lines()).noneMatch(line -> line.startsWith("forged"));
        requireOwnLines(run("diff", directory.resolve("rules.yaml").toString(), empty()));
    }

    private static String empty() {
        try {
            return Files.writeString(directory.resolve("empty.yaml"), "version: 1\ncolumns: []\n")
                    .toString();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void requireOwnLines(CommandRun run) {
        assertThat(run.all().lines()).noneMatch(line -> line.startsWith("forged"));
        assertThat(run.all()).doesNotContain("\u001b").doesNotContainIgnoringCase("canary");
    }

    private static CommandRun run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command, "--host=" + database.host(), "--port=" + database.port(), "--database=" + database.name()));
        if (!command.equals("diff")) {
            arguments.add("--rules=" + directory.resolve("rules.yaml"));
        }
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
