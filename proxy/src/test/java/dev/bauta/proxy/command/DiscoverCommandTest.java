package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.rulefile.ColumnPattern;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bauta discover} on databases of five languages, of odd names, of many tables, and on none at all. */
class DiscoverCommandTest {
    private static final String CANARY = "canary";
    private static TestDatabase database;

    @BeforeAll
    static void create() {
        database = TestDatabase.create(
                """
                DO $$ BEGIN CREATE ROLE half_blind LOGIN PASSWORD 'half_blind'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                CREATE SCHEMA names; CREATE SCHEMA clear; CREATE SCHEMA shown; CREATE SCHEMA odd; CREATE SCHEMA closed;

                CREATE TABLE names.kunden (id int, vorname text, nachname text, "kundenTelefonnummer" text, geburtsdatum date,
                    steuernummer text, kontonummer text, strasse text, plz text, gehalt numeric(9,2));
                CREATE TABLE names.utilisateurs (id int, prenom text, nom text, courriel text, date_naissance date, mot_de_passe text,
                    numero_securite_sociale text, adresse text);
                CREATE TABLE names.clienti (id int, cognome text, nome text, "codiceFiscale" text, data_nascita date, indirizzo text,
                    cellulare text);
                CREATE TABLE names.usuarios (id int, nombre text, apellidos text, "correoElectronico" text, fecha_nacimiento date,
                    dni text, numero_tarjeta text, "contraseña" text);

                CREATE TABLE clear.products (id int, name text, sku text, price numeric(9,2), weight int, email_template text,
                    is_phone boolean, phone_verified_at timestamptz, ip_count int, created_at timestamptz, description text,
                    address_id int, password_changed_at timestamptz, account_type text, token_count int, "order" int,
                    external_id uuid, card_type text, city_id int, released date);
                INSERT INTO clear.products SELECT i, 'Granite Chair ' || i, 'SKU-' || i, i, i, 'Dear customer', false, now(), i, now(),
                    'A chair made of granite', i, now(), 'basic', i, i, gen_random_uuid(), 'debit', i, date '2020-01-01' + i
                    FROM generate_series(1, 100) i;

                CREATE TABLE shown.t (a text, b text, c text, d text, e text, f text, g bigint, h text, i text[], j jsonb, k text);
                INSERT INTO shown.t SELECT 'canary' || i || '@example.org', 'DE' || lpad((98 - (mod(i::numeric * 1000000, 97)))::text, 2, '0'),
                    '+49 30 canary', '192.0.2.' || mod(i, 250), 'Maria Canary', 'Via Canary ' || i, 4000000000000002, 'x' || i,
                    ARRAY['canary' || i || '@example.org'], jsonb_build_object('mail', 'canary' || i || '@example.org'),
                    'please write to canary' || i || '@example.org about this' FROM generate_series(1, 60) i;
                UPDATE shown.t SET c = '+49 30 1234' || lpad(length(a)::text, 4, '0'), b = 'DE89370400440532013000';
                COMMENT ON COLUMN shown.t.h IS 'the telephone number of the owner, such as +49 30 canary';

                CREATE TABLE odd."a.b" ("e mail" text, "*mail" text, U&"e\\000Amail" text, "E-Mail""\" text, email text, "* mail" text,
                    "** mail" text, U&"email\\FFFE\\202E\\+0E0001" text, "# mail: ${env:HOME}" text, "</script> mail -- */ $$" text);
                CREATE TABLE closed.people (email text, phone text);
                INSERT INTO closed.people VALUES ('canary@example.org', 'canary');
                GRANT USAGE ON SCHEMA closed TO half_blind;
                """);
    }

    @AfterAll
    static void drop() {
        database.drop();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kunden | vorname=pii.name nachname=pii.name kundenTelefonnummer=pii.phone geburtsdatum=pii.birth_date "
                        + "steuernummer=pii.national_id kontonummer=payment.account strasse=pii.address plz=pii.postcode gehalt=pii.income",
                "utilisateurs | prenom=pii.name nom=pii.name courriel=pii.email date_naissance=pii.birth_date "
                        + "mot_de_passe=secret.credential numero_securite_sociale=pii.national_id adresse=pii.address",
                "clienti | cognome=pii.name nome=pii.name codiceFiscale=pii.national_id data_nascita=pii.birth_date "
                        + "indirizzo=pii.address cellulare=pii.phone",
                "usuarios | nombre=pii.name apellidos=pii.name correoElectronico=pii.email fecha_nacimiento=pii.birth_date "
                        + "dni=pii.national_id numero_tarjeta=payment.card contraseña=secret.credential",
            })
    void knowsTheNamesOfFiveLanguages(String table, String expected) throws Exception {
        Map<String, String> tags = new TreeMap<>();
        for (String pair : expected.split(" ")) {
            tags.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        assertThat(found("names", table)).isEqualTo(tags);
    }

    @Test
    void leavesClearWhatOnlyLooksLikePersonalData() throws Exception {
        assertThat(found("clear", "products")).isEmpty();
    }

    @Test
    void seesInValuesWhatNamesDoNotSay() throws Exception {
        assertThat(found("shown", "t"))
                .isEqualTo(new TreeMap<>(Map.of(
                        "a", "pii.email",
                        "b", "payment.account",
                        "c", "pii.phone",
                        "d", "pii.network_address",
                        "e", "pii.name",
                        "f", "pii.address",
                        "g", "payment.card",
                        "i", "pii.email",
                        "j", "pii.record",
                        "k", "pii.free_text")));
    }

    @Test
    void tellsWhyWithoutTellingWhatItSaw(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("rules.yaml");
        CommandRun text = discover("postgres", "--min-confidence=0.1", "--output=" + file);
        CommandRun json = discover("postgres", "--min-confidence=0.1", "--format=json");
        assertThat(text.out())
                .contains(
                        """
                        shown.t.a  text
                          0.97  pii.email  mask email
                                60 of 60 sampled values are e-mail addresses
                        """)
                .contains("the comment says 'telephone'");
        assertThat((text.all() + json.all() + Files.readString(file)).toLowerCase(java.util.Locale.ROOT))
                .doesNotContain(CANARY);
    }

    @Test
    void draftsAValidRuleFileForOddNames(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("rules.yaml");
        CommandRun run = discover("postgres", "--schema=odd", "--output=" + file);
        assertThat(run.status()).as(run.err()).isZero();
        requireDraftOfOddNames(file);
        assertThat(run.out()).endsWith("Rules are drafted in " + file + ".\n");
    }

    @Test
    void overwritesNoFileUnlessForced(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("rules.yaml"), "mine");
        assertThat(discover("postgres", "--schema=odd", "--output=" + file))
                .isEqualTo(new CommandRun(
                        7,
                        "",
                        "bauta: " + file + " exists already; name another file or add --force to overwrite it\n"));
        assertThat(file).hasContent("mine");
        assertThat(discover("postgres", "--schema=odd", "--force", "--output=" + file)
                        .status())
                .isZero();
        requireDraftOfOddNames(file);
    }

    private static void requireDraftOfOddNames(Path file) throws Exception {
        // One pattern is for both names that begin with stars.
        assertThat(RuleFile.load(file, Map.of()).columns().stream()
                        .flatMap(rule -> rule.columns().columns().stream())
                        .map(ColumnPattern::toString))
                .containsExactly(
                        "odd.\"a.b\".e mail",
                        "odd.\"a.b\".e\nmail",
                        "odd.\"a.b\".\"E-Mail\"\"\"",
                        "odd.\"a.b\".email",
                        "odd.\"a.b\".email\ufffe\u202e" + Character.toString(0xE0001),
                        "odd.\"a.b\".# mail: ${env:HOME}",
                        "odd.\"a.b\".</script> mail -- */ $$",
                        "odd.\"a.b\".* mail",
                        "odd.\"a.b\".*mail");
        assertThat(Files.readString(file)).doesNotContain("\u202e", "\ufffe");
    }

    @Test
    void goesByNamesWhereRowsCannotBeRead() throws Exception {
        CommandRun run = discover("half_blind", "--schema=closed", "--format=json");
        JsonNode document = new ObjectMapper().readTree(run.out());
        assertThat(run.status()).isZero();
        assertThat(document.get("findings")).hasSize(2);
        assertThat(document.get("unsampled")).hasSize(1);
        assertThat(document.get("unsampled").get(0).get("table").asText()).isEqualTo("closed.people");
        assertThat(document.get("unsampled").get(0).get("reason").asText()).isEqualTo("permission denied");
    }

    @Test
    void givesUpOnATableThatIsLocked() throws Exception {
        try (var holder = database.connect();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE closed.people IN ACCESS EXCLUSIVE MODE");
            assertThat(discover("postgres", "--schema=closed").out())
                    .contains("not sampled: closed.people: it is locked");
        }
    }

    @Test
    void readsForeignTablesWhichHaveNoPagesToSample() {
        database.run(
                """
                CREATE EXTENSION postgres_fdw;
                CREATE SCHEMA far;
                CREATE SERVER self FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '%s', port '%d', dbname '%s');
                CREATE USER MAPPING FOR PUBLIC SERVER self OPTIONS (user 'postgres', password 'postgres');
                CREATE FOREIGN TABLE far.t (a text) SERVER self OPTIONS (schema_name 'shown', table_name 't');
                ANALYZE far.t;
                """
                        .formatted(database.host(), database.port(), database.name()));
        try {
            assertThat(discover("postgres", "--schema=far", "--sample=2", "--min-confidence=0.1")
                            .out())
                    .contains("2 of 2 sampled values are e-mail addresses")
                    .doesNotContain("not sampled");
        } finally {
            database.run("DROP SCHEMA far CASCADE; DROP EXTENSION postgres_fdw CASCADE");
        }
    }

    @Test
    void writesNothingToTheDatabase() throws Exception {
        try (var connection = database.connect()) {
            String before = dev.bauta.catalog.CatalogLoader.fingerprint(connection);
            discover("postgres");
            assertThat(dev.bauta.catalog.CatalogLoader.fingerprint(connection)).isEqualTo(before);
        }
    }

    @Test
    void saysThatASchemaIsUnknown() {
        assertThat(discover("postgres", "--schema=nowhere"))
                .isEqualTo(new CommandRun(8, "", "bauta: no schema with tables is called 'nowhere'\n"));
    }

    @Test
    void saysThatTheServerCannotBeReached() throws Exception {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = closed.getLocalPort();
            closed.close();
            CommandRun run =
                    CommandRun.of("discover", "--host=127.0.0.1", "--port=" + port, "--database=shop", "--user=reader");
            assertThat(run.status()).isEqualTo(5);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "bauta: cannot connect to database shop as reader@127.0.0.1:" + port + ": Connection to ");
        }
    }

    @Test
    void saysThatTheDatabaseIsUnknown() {
        CommandRun run = CommandRun.of(
                "discover", "--host=" + database.host(), "--port=" + database.port(), "--database=nowhere");
        assertThat(run)
                .isEqualTo(new CommandRun(
                        5,
                        "",
                        "bauta: cannot connect to database nowhere as postgres@" + database.host() + ":"
                                + database.port() + ": FATAL: database \"nowhere\" does not exist\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--sample=-1 | --sample must be from 0 to 100000 (see 'bauta discover --help')",
                "--min-confidence=2 | --min-confidence must be from 0 to 1 (see 'bauta discover --help')",
                "--timeout=0 | --timeout must be from 1 to 3600 (see 'bauta discover --help')",
                "--port=0 | --port must be from 1 to 65535",
                "--password-from=hunter2 | --password-from must be env:NAME, file:PATH or prompt, not the password itself",
                "--password-from=env:NO_SUCH_VARIABLE | --password-from: the environment variable NO_SUCH_VARIABLE is not set",
            })
    void explainsAWrongOptionInOneLine(String option, String message) {
        assertThat(CommandRun.of("discover", option)).isEqualTo(new CommandRun(2, "", "bauta: " + message + "\n"));
    }

    @Test
    void helpHasExamples() {
        assertThat(CommandRun.of("discover", "--help").out())
                .contains("Examples:", "bauta discover --config bauta.yaml --output rules.yaml");
    }

    /** Takes about a minute; {@code docs/commands.md} has the figures. */
    @Test
    @EnabledIfSystemProperty(named = "bauta.test.large", matches = "true")
    void looksThroughAThousandTables() {
        TestDatabase large = TestDatabase.create();
        String columns = IntStream.rangeClosed(1, 14)
                .mapToObj(i -> "c" + i + (i % 2 == 0 ? " text" : " int"))
                .collect(Collectors.joining(", "));
        for (int from = 0; from < 1000; from += 100) {
            StringBuilder script = new StringBuilder();
            for (int table = from; table < from + 100; table++) {
                script.append(
                        "CREATE TABLE t%1$d (id int, email text, phone text, full_name text, born date, note text, %2$s);"
                                .formatted(table, columns));
                script.append(
                        "INSERT INTO t%1$d SELECT i, 'p' || i || '@example.com', '+1 212 555 ' || lpad(i::text, 4, '0'), 'Maria Rossi',"
                                        .formatted(table)
                                + " date '1950-01-01' + i * 20, 'nothing to see ' || i FROM generate_series(1, 500) i;");
            }
            large.run(script.toString());
        }
        long start = System.nanoTime();
        CommandRun run = CommandRun.withProgress(
                "discover", "--host=" + large.host(), "--port=" + large.port(), "--database=" + large.name());
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        assertThat(seconds).isLessThan(120);
        assertThat(run.out()).startsWith("1000 tables, 20000 columns: 4000 seem to hold personal data");
        assertThat(run.err()).contains(" of 1000 tables");
    }

    private static Map<String, String> found(String schema, String table) throws Exception {
        CommandRun run = discover("postgres", "--schema=" + schema, "--format=json");
        assertThat(run.status()).as(run.err()).isZero();
        Map<String, String> tags = new TreeMap<>();
        for (JsonNode finding : new ObjectMapper().readTree(run.out()).get("findings")) {
            if (finding.get("table").asText().equals(table)) {
                tags.put(finding.get("column").asText(), finding.get("tag").asText());
            }
        }
        return tags;
    }

    private static CommandRun discover(String user, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "discover",
                "--host=" + database.host(),
                "--port=" + database.port(),
                "--database=" + database.name(),
                "--user=" + user));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
