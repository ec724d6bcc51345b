package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts may be sent again without being decided again, and how long. */
class RepeatedTextTest {
    private static final String RULES =
            """
            version: 1
            roles: [{name: dba, users: dba, access: raw}]
            columns: [{match: public.t.mail, mask: "null"}]
            """;

    private static CatalogSnapshot catalog;
    private Engine engine;
    private Session session;

    @BeforeAll
    static void load() throws Exception {
        String script = "CREATE TABLE t (id int, mail text); CREATE SCHEMA s; CREATE TABLE s.t (mail text)";
        try (Connection connection = TestDatabase.create(script).connect()) {
            catalog = CatalogLoader.load(connection);
        }
    }

    private static RuleSet rules(String text) throws Exception {
        return RuleFile.parse(text, "rules.yaml", Map.of(), Path.of("."));
    }

    @BeforeEach
    void open() throws Exception {
        engine = Engine.of(rules(RULES), catalog);
        session = engine.open(new Principal("somebody", "x"), LexerSettings.JDBC);
        session.setSearchPath(List.of("pg_catalog", "public"));
    }

    private Held decided(String text) {
        assertThat(session.decide(text)).isNotInstanceOf(Decision.Refuse.class);
        return session.decided();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT mail FROM t WHERE id = ?",
                "SELECT 1",
                "INSERT INTO s.t VALUES (?)",
                "COMMIT",
                "CREATE TEMP TABLE copy AS SELECT * FROM t"
            })
    void thoseThatTheSessionDoesNotFollow(String text) {
        Held decided = decided(text);
        assertThat(session.mayRepeat(decided)).isTrue();
        decided("SELECT id FROM t");
        assertThat(session.mayRepeat(decided)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET search_path = s",
                "SET LOCAL SCHEMA 's'",
                "RESET ALL",
                "ROLLBACK; SELECT 1",
                "SELECT set_config('search_path', 's', false)",
                "PREPARE p AS SELECT mail FROM t",
                "DECLARE c CURSOR FOR SELECT mail FROM t",
                "FETCH ALL FROM c",
                "EXECUTE p",
                "EXPLAIN (MASKING) SELECT mail FROM t",
                "SELECT 1; SELECT 2"
            })
    void notThoseThatItFollowsOrLooksUp(String text) {
        assertThat(session.mayRepeat(decided(text))).isFalse();
    }

    @Test
    void untilTheRulesAreOthers() throws Exception {
        Held decided = decided("SELECT mail FROM t");
        engine.replaceRules(rules(RULES));
        assertThat(session.mayRepeat(decided)).isFalse();
        assertThat(session.mayRepeat(decided("SELECT mail FROM t"))).isTrue();
    }

    @Test
    void untilTheCatalogIsAnother() {
        Held decided = decided("SELECT mail FROM t");
        engine.replaceCatalog(catalog.withTrials(Map.of()));
        assertThat(session.mayRepeat(decided)).isFalse();
    }

    @Test
    void underTheSameSearchPath() {
        Held decided = decided("SELECT mail FROM t");
        session.setSearchPath(List.of("pg_catalog", "s"));
        assertThat(session.mayRepeat(decided)).isFalse();
        session.setSearchPath(List.of("pg_catalog", "public"));
        assertThat(session.mayRepeat(decided)).isTrue();
        decided("SET search_path = s");
        assertThat(session.mayRepeat(decided)).isFalse();
    }

    @Test
    void underTheSameReadingOfConstants() {
        Held decided = decided("SELECT mail FROM t WHERE id = 'x'");
        session.onParameterStatus("standard_conforming_strings", "off");
        assertThat(session.mayRepeat(decided)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROLLBACK", "ROLLBACK TO s", "ABORT"})
    void aRollbackWhileThereIsNothingToUndo(String text) {
        Held decided = decided(text);
        assertThat(session.mayRepeat(decided)).isTrue();
        decided("SET LOCAL search_path = public");
        session.setSearchPath(List.of("pg_catalog", "public"));
        assertThat(session.mayRepeat(decided)).isFalse();
        session.endTransaction();
        session.setSearchPath(List.of("pg_catalog", "public"));
        assertThat(session.mayRepeat(decided)).isTrue();
    }

    @Test
    void noneOfARawSession() {
        session = engine.open(new Principal("dba", "x"), LexerSettings.JDBC);
        assertThat(session.mayRepeat(decided("SELECT 1"))).isFalse();
    }

    @Test
    void noneThatWasNotDecided() {
        assertThat(session.mayRepeat(() -> true)).isFalse();
    }
}
