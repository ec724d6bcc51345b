package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.engine.Engine;
import dev.bauta.engine.Session;
import dev.bauta.jdbc.rules.KeyReference;
import dev.bauta.jdbc.rules.RuleSource;
import dev.bauta.jdbc.rules.RulesLocation;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver as an application finds it: by its URL, with a rule file. */
class RuleFileTest {
    private static final String RULES =
            """
            version: 1
            key: ${file:key.txt}
            roles:
              - name: dba
                users: [postgres]
                access: raw
            columns:
              - match: public.customers.email
                mask: {type: hash, domain: people}
              - match: public.customers.city
                mask: {type: constant, value: "Somewhere"}
            """;

    private static Path folder;
    private static DriverFixture fixture;

    @BeforeAll
    static void create(@TempDir Path temporary) throws Exception {
        folder = temporary;
        write("key.txt", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
        fixture = DriverFixture.create();
    }

    private static String url(Path rules, String user) {
        return fixture.url() + "?user=" + user + "&password=" + user + "&bautaRules=" + rules;
    }

    private static Path write(String name, String rules) throws Exception {
        return Files.writeString(folder.resolve(name), rules);
    }

    @Test
    void masksByTheFile() throws Exception {
        Path rules = write("rules.yaml", RULES);
        String sql = "SELECT id, email, city FROM customers WHERE id = ?";
        try (Connection connection = DriverManager.getConnection(url(rules, "analyst"));
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, 1);
            assertThat(MaskingTest.rows(statement.executeQuery()))
                    .singleElement()
                    .asString()
                    .matches("1,[0-9a-f]+,Somewhere");
        }
        try (Connection connection = DriverManager.getConnection(url(rules, "postgres"))) {
            assertThat(MaskingTest.query(connection, "SELECT email FROM customers WHERE id = 1"))
                    .containsExactly("ann@example.org");
        }
    }

    @Test
    void aBadFileIsOneClearLine() throws Exception {
        Path rules = write("bad.yaml", "version: 1\nrolse: []\ncolumns: 7\n");
        assertThatThrownBy(() -> DriverManager.getConnection(url(rules, "analyst")))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("The rules cannot be used: " + rules + ":2:1: ")
                .hasMessageEndingWith("(and 1 more)")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aChangedFileComesIntoForceAndABadOneDoesNot() throws Exception {
        Path file = write("changing.yaml", RULES);
        TestDatabase database = fixture.database;
        try (Connection catalogs = database.connect()) {
            RuleSource rules = new RulesLocation.InFile(file).open(KeyReference.NONE);
            long[] now = {0};
            Engine engine = Engine.load(rules.load(), catalogs);
            EngineSource source = new EngineSource(rules, engine, () -> now[0]);
            Session session = source.open(new Principal("analyst", database.name()));
            String before = session.decide("SELECT city FROM customers").toString();
            assertThat(rules.loadWhenChanged()).isEmpty();
            write("changing.yaml", RULES.replace("public.customers.city", "public.orders.note"));
            lookTwice(source, now);
            assertThat(session.decide("SELECT note FROM orders").toString()).startsWith("Rewrite");
            write("changing.yaml", "version: 2");
            lookTwice(source, now);
            assertThat(session.decide("SELECT note FROM orders").toString()).startsWith("Rewrite");
            assertThat(before).startsWith("Rewrite");
        }
    }

    /** What stood in the way (a key that is not there yet, rights, too many open files) can go without a change of the rule file. */
    @Test
    void aChangedFileThatCouldNotBeReadIsTriedAgain() throws Exception {
        Path file = write("keyed.yaml", RULES.replace("file:key.txt", "env:BAUTA_KEY"));
        Path keyFile = write("own-key.txt", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
        RuleSource rules = new RulesLocation.InFile(file).open(KeyReference.parse("${file:" + keyFile + "}"));
        rules.load();
        Path away = Files.move(keyFile, folder.resolve("away.txt"));
        write("keyed.yaml", RULES.replace("file:key.txt", "env:BAUTA_KEY").replace("city", "id"));
        for (int looks = 0; looks < 3; looks++) {
            assertThat(rules.loadWhenChanged()).isEmpty();
        }
        Files.move(away, keyFile);
        assertThat(rules.loadWhenChanged()).isPresent();
        assertThat(rules.loadWhenChanged()).isEmpty();
    }

    private static void lookTwice(EngineSource source, long[] now) {
        for (int looks = 0; looks < 2; looks++) {
            now[0] += 5_000_000_000L;
            source.lookAtRules();
        }
    }

    /** As ConfigMaps are replaced; what makes images gives all files one time. */
    @Test
    void aLinkThatLeadsElsewhereIsNoticedThoughSizeAndTimeAgree() throws Exception {
        Path link = folder.resolve("linked.yaml");
        List<Path> versions =
                List.of(write("one.yaml", RULES), write("two.yaml", RULES.replace("Somewhere", "Elsewhere")));
        for (Path version : versions) {
            Files.setLastModifiedTime(version, FileTime.fromMillis(0));
        }
        Files.createSymbolicLink(link, versions.get(0));
        RuleSource rules = new RulesLocation.InFile(link).open(KeyReference.NONE);
        rules.load();
        assertThat(rules.loadWhenChanged()).isEmpty();
        Files.delete(link);
        Files.createSymbolicLink(link, versions.get(1));
        assertThat(rules.loadWhenChanged()).isPresent();
        assertThat(rules.loadWhenChanged()).isEmpty();
    }

    /** Half of a rule file is one with fewer rules. */
    @Test
    void aFileThatIsBeingWrittenIsTakenWhenItStays() throws Exception {
        Path file = write("growing.yaml", "version: 1\ncolumns: []\n");
        RuleSource rules = new RulesLocation.InFile(file).open(KeyReference.NONE);
        rules.load();
        for (int written = RULES.length() / 2; written <= RULES.length(); written++) {
            write("growing.yaml", RULES.substring(0, written));
            assertThat(rules.loadWhenChanged()).as("%d characters", written).isEmpty();
        }
        RuleSet taken = rules.loadWhenChanged().orElseThrow();
        assertThat(taken.version()).isEqualTo(rules.load().version());
        assertThat(rules.loadWhenChanged()).isEmpty();
    }

    /** Whoever has catalogs read anew, as any client can by a name that nothing has, does not make looks follow upon each other. */
    @Test
    void halfAFileIsNotTakenByLooksThatFollowAtOnce() throws Exception {
        long[] now = {0};
        try (Connection catalogs = fixture.database.connect()) {
            RuleSource rules = new RulesLocation.InFile(write("half.yaml", RULES)).open(KeyReference.NONE);
            Engine engine = Engine.load(rules.load(), catalogs);
            EngineSource source = new EngineSource(rules, engine, () -> now[0]);
            Session session = source.open(new Principal("analyst", fixture.database.name()));
            now[0] = 5_000_000_000L;
            write("half.yaml", "version: 1\ncolumns: []\n");
            for (int looks = 0; looks < 3; looks++) {
                source.lookAtRules();
                source.refresh(catalogs);
            }
            assertThat(session.decide("SELECT city FROM customers").toString()).startsWith("Rewrite");
            lookTwice(source, now);
            assertThat(session.decide("SELECT city FROM customers").toString()).startsWith("Pass");
        }
    }

    /** After hours in which no connection was used, the first statement is decided by the rules that hold by then. */
    @Test
    void aFileThatWasChangedLongAgoIsTakenAtOnce() throws Exception {
        long[] now = {0};
        try (Connection catalogs = fixture.database.connect()) {
            RuleSource rules =
                    new RulesLocation.InFile(write("pause.yaml", "version: 1\ncolumns: []\n")).open(KeyReference.NONE);
            Engine engine = Engine.load(rules.load(), catalogs);
            EngineSource source = new EngineSource(rules, engine, () -> now[0]);
            Session session = source.open(new Principal("analyst", fixture.database.name()));
            Path stricter = write("pause.yaml", RULES);
            Files.setLastModifiedTime(stricter, FileTime.from(Instant.now().minusSeconds(11)));
            now[0] = 5_000_000_000L;
            source.lookAtRules();
            assertThat(session.decide("SELECT city FROM customers").toString()).startsWith("Rewrite");
        }
    }

    @Test
    void theCatalogsAreDueEveryFewSeconds() throws Exception {
        long[] now = {0};
        try (Connection catalogs = fixture.database.connect()) {
            RuleSource rules = new RulesLocation.InFile(write("due.yaml", RULES)).open(KeyReference.NONE);
            Engine engine = Engine.of(rules.load(), dev.bauta.catalog.CatalogLoader.load(catalogs));
            EngineSource source = new EngineSource(rules, engine, () -> now[0]);
            assertThat(source.isDue()).isFalse();
            now[0] = 5_000_000_000L;
            assertThat(source.isDue()).isTrue();
            assertThat(source.takeLook()).isTrue();
            assertThat(source.takeLook()).isFalse();
            assertThat(source.isDue()).as("to look at the rule file").isTrue();
            source.lookAtRules();
            assertThat(source.isDue()).isFalse();
            String fingerprint = engine.policies().catalog().fingerprint();
            fixture.database.run("CREATE TABLE created_later (a int)");
            source.refresh(catalogs);
            assertThat(engine.policies().catalog().fingerprint()).isNotEqualTo(fingerprint);
        }
    }
}
