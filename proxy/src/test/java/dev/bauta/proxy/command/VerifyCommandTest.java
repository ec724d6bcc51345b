package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** {@code bauta verify} from its command line to its reports. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyCommandTest {
    /** The quarrel is with the second table, whose column no rule protects and which shows what the first one hides. */
    private static final String SCRIPT =
            """
            DO $$ BEGIN CREATE ROLE verify_reader LOGIN PASSWORD 'verify_reader'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
            CREATE TABLE people (id integer PRIMARY KEY, name text NOT NULL, nickname text UNIQUE, city text);
            INSERT INTO people SELECT g, 'canaryname' || g, 'canarynick' || g, 'canarycity' || g % 3 FROM generate_series(1, 60) g;
            CREATE TABLE staff AS SELECT id, name, city FROM people;
            CREATE SCHEMA leaky;
            CREATE TABLE leaky.notes (id integer, nickname text REFERENCES people (nickname), text text);
            INSERT INTO leaky.notes SELECT g, 'canarynick' || g, 'canarytext' || g FROM generate_series(1, 60) g;
            CREATE VIEW leaky.broken AS SELECT id, name, (1 / (id - id))::text AS text FROM people;
            GRANT USAGE ON SCHEMA leaky TO verify_reader;
            GRANT SELECT ON people, staff, leaky.notes, leaky.broken TO verify_reader;
            """;

    private static final String RULES =
            """
            version: 1
            key: ${file:bauta.key}
            roles:
              - {name: dba, users: postgres, access: raw}
            columns:
              - {match: "*.*.name", mask: {type: partial, first: 1}}
              - {match: public.people.nickname, mask: {type: hash, length: 16}}
              - {match: leaky.notes.text, mask: redact}
              - {match: leaky.broken.text, mask: none}
            """;

    private final Path directory;
    private final TestDatabase database = TestDatabase.create(SCRIPT);

    VerifyCommandTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeAll
    void writeFiles() throws Exception {
        Files.writeString(directory.resolve("rules.yaml"), RULES);
        Files.writeString(directory.resolve("bauta.key"), "canarykey-canarykey-canarykey");
        Files.writeString(directory.resolve("password"), "verify_reader\n");
    }

    @AfterAll
    void drop() {
        database.drop();
    }

    /** What a command line came to. */
    private record Run(int status, String out, String err) {}

    private Run verify(String... options) {
        return verifyDatabase(database.name(), options);
    }

    private Run verifyDatabase(String name, String... options) {
        List<String> line = new ArrayList<>(List.of(
                "verify",
                "--host=" + database.host(),
                "--port=" + database.port(),
                "--database=" + name,
                "--rules=" + directory.resolve("rules.yaml")));
        line.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = BautaCommand.run(new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
        return new Run(status, out.toString(), err.toString());
    }

    @Test
    void aGoodDatabasePassesAndTheProgressIsOnStandardError() throws Exception {
        Run run = verify(
                "--as=verify_reader",
                "--as-password-from=file:" + directory.resolve("password"),
                "--tables=public.staff",
                "--no-attacks",
                "--full");
        assertThat(run.status()).as(run.out()).isZero();
        assertThat(run.out()).contains("as verify_reader (role default)", "All ", "checks passed, in ");
        assertThat(run.err()).contains("bauta: reading the catalogs\nbauta: 1 of 1: public.staff\nbauta: joins\n");
        requireNoCanary(run.out() + run.err());
    }

    @Test
    void failuresAreInEveryReportAndNoValueIsInAny() throws Exception {
        Path html = directory.resolve("report.html");
        Path junit = directory.resolve("report.xml");
        Run run = verify(
                "--as=verify_reader",
                "--no-attacks",
                "--full",
                "--quasi=city",
                "--k=30",
                "--format=json",
                "--html=" + html,
                "--junit=" + junit);
        assertThat(run.status()).isEqualTo(1);
        List<String> expected = List.of(
                "compliance leaky.broken rows",
                "anonymity public.people k-anonymity",
                "compliance leaky.notes(nickname) → public.people(nickname) foreign key notes_nickname_fkey");
        assertThat(failedInJson(run.out())).containsAll(expected);
        assertThat(failedInJunit(Files.readString(junit))).isEqualTo(failedInJson(run.out()));
        assertThat(Files.readString(html))
                .contains(
                        "<h1>Failed</h1>",
                        "The smallest group of equal city has 20 of at least 30 rows.",
                        "Could not be checked: SQLSTATE 22012.",
                        "<code>rules.yaml:7:5</code>")
                .doesNotContain("<script", "http:", "https:");
        requireNoCanary(run.out() + run.err() + Files.readString(html) + Files.readString(junit));
    }

    private static List<String> failedInJson(String text) throws Exception {
        List<String> failed = new ArrayList<>();
        for (JsonNode check : new ObjectMapper().readTree(text).get("checks")) {
            if (check.get("status").asText().equals("failed")) {
                failed.add(
                        check.get("area").asText() + " " + check.get("subject").asText() + " "
                                + check.get("name").asText());
            }
        }
        failed.sort(null);
        return failed;
    }

    private static List<String> failedInJunit(String text) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)));
        List<String> failed = new ArrayList<>();
        var cases = document.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element one = (Element) cases.item(i);
            if (one.getElementsByTagName("failure").getLength() > 0) {
                failed.add(one.getAttribute("classname").replaceFirst("\\.", " ") + " " + one.getAttribute("name"));
            }
        }
        failed.sort(null);
        return failed;
    }

    private static void requireNoCanary(String text) {
        assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain("canary", "yranac");
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() {
        assertThat(verify().err())
                .isEqualTo("bauta: Missing required option: '--as=USER' (see 'bauta verify --help')\n");
        assertThat(verify("--as=postgres"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "bauta: reading the catalogs\nbauta: the user postgres has the role dba, which the rules give raw data;"
                                + " name a user who is shown masks with --as\n"));
        assertThat(verify("--as=nobody_at_all").err())
                .endsWith("bauta: there is no user nobody_at_all; name one who is shown masks with --as\n");
        assertThat(verify("--as=verify_reader", "--user=verify_reader").err())
                .endsWith(
                        "bauta: the user verify_reader is no superuser and cannot act for verify_reader; say where that"
                                + " user's password is with --as-password-from\n");
        assertThat(verify("--as=verify_reader", "--as-password-from=secret"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "bauta: --as-password-from must be env:NAME, file:PATH or prompt, not the password itself\n"));
    }

    @Test
    void aReportThatCannotBeWrittenIsToldAtOnceAndTakesNothingElseAlong() {
        Path nowhere = directory.resolve("no").resolve("report.html");
        assertThat(verify("--as=verify_reader", "--html=" + nowhere))
                .isEqualTo(new Run(7, "", "bauta: cannot write " + nowhere + ": there is no such directory\n"));
        Run run = verify("--as=verify_reader", "--tables=public.staff", "--no-attacks", "--junit=" + directory);
        assertThat(run.status()).isEqualTo(7);
        assertThat(run.out()).contains("checks passed, in ");
    }

    @Test
    void whatHasComparedNothingHasFailed() {
        database.run("CREATE ROLE verify_stranger");
        try {
            Run run = verify("--as=verify_stranger", "--tables=public.staff", "--no-attacks");
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out())
                    .contains("FAILED   database " + database.name()
                            + ": coverage (compliance)\n         nothing was compared: the"
                            + " rules protect no table here, or the user may read none that they protect\n");
        } finally {
            database.run("DROP ROLE verify_stranger");
        }
    }

    @Test
    void saysThatNoTableIsCalledSo() {
        assertThat(verify("--as=verify_reader", "--tables=*,no_such_table", "--no-attacks"))
                .isEqualTo(new Run(
                        8,
                        "",
                        "bauta: reading the catalogs\nbauta: no protected table or view is called 'no_such_table';"
                                + " add --clear to look at others too\n"));
    }

    @Test
    void saysThatTheServerCannotBeReached() {
        Run run = verifyDatabase("no_such_database", "--as=verify_reader");
        assertThat(run.status()).isEqualTo(5);
        assertThat(run.err())
                .endsWith("bauta: cannot verify database no_such_database as postgres@" + database.host() + ":"
                        + database.port() + ": SQLSTATE 3D000, database \"no_such_database\" does not exist\n");
    }
}
