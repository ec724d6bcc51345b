package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.refusal.ErrorDisclosure;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Generated columns of PostgreSQL 18 are computed when they are read: with raw values, before any mask. What then fails can quote these, and
 * plans show the expression.
 */
class VirtualColumnsTest {
    @BeforeAll
    static void requireVirtualColumns() {
        assumeTrue(TestDatabase.serverVersion() >= 180000, "PostgreSQL 18 has virtual columns");
    }

    private static Session open(String definition, String rules) throws Exception {
        TestDatabase database =
                TestDatabase.create("CREATE TABLE t (id int, kind text, secret text, plain int); " + definition);
        try (Connection connection = database.connect()) {
            Engine engine = Engine.of(
                    RuleFile.parse(
                            "version: 1\ncolumns: [{match: public.*.secret, mask: redact}" + rules + "]\n",
                            "rules.yaml",
                            Map.of(),
                            Path.of(".")),
                    CatalogLoader.load(connection));
            Session session = engine.open(new Principal("analyst", database.name()), LexerSettings.SERVER);
            session.setSearchPath(List.of("pg_catalog", "public"));
            return session;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ALTER TABLE t ADD v int GENERATED ALWAYS AS (secret::int) VIRTUAL                      | NO_DATA
                    ALTER TABLE t ADD v int GENERATED ALWAYS AS (CASE WHEN secret ~ kind THEN 1 END) VIRTUAL | NO_DATA
                    ALTER TABLE t ADD v text GENERATED ALWAYS AS (upper(secret)) VIRTUAL                   | OWN_TEXT
                    ALTER TABLE t ADD v int GENERATED ALWAYS AS (kind::int) VIRTUAL                        | OWN_TEXT
                    ALTER TABLE t ADD v int GENERATED ALWAYS AS (secret::int) STORED                       | OWN_TEXT
                    """)
    void errorsTellNoDataWhereTheyCouldQuoteIt(String definition, ErrorDisclosure expected) throws Exception {
        assertThat(open(definition, "").errorDisclosure()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ALTER TABLE t ADD v text GENERATED ALWAYS AS (upper(secret)) VIRTUAL | redact  | false
                    ALTER TABLE t ADD v text GENERATED ALWAYS AS (upper(secret)) VIRTUAL | '"null"'| true
                    ALTER TABLE t ADD v text GENERATED ALWAYS AS (upper(secret)) STORED  | redact  | true
                    CREATE TABLE c (v text GENERATED ALWAYS AS (upper(secret)) VIRTUAL) INHERITS (t) | redact | true
                    ALTER TABLE t ADD v text GENERATED ALWAYS AS (upper(kind)) VIRTUAL; CREATE TABLE c (v text GENERATED ALWAYS AS (upper(secret)) VIRTUAL) INHERITS (t) | redact | false
                    """)
    void plansAreRefusedWhereMasksReadThem(String definition, String mask, boolean explained) throws Exception {
        Session session = open(definition, ", {match: public.*.v, mask: " + mask + "}");
        Decision decision = session.decide("EXPLAIN (VERBOSE) SELECT * FROM t");
        assertThat(!(decision instanceof Decision.Refuse)).isEqualTo(explained);
        session.decide("PREPARE p AS SELECT * FROM t");
        assertThat(!(session.decide("EXPLAIN EXECUTE p") instanceof Decision.Refuse))
                .isEqualTo(explained);
    }

    /** The mask of another column can read one, too. */
    @Test
    void plansAreRefusedWhereAnotherMaskReadsThem() throws Exception {
        Session session = open(
                "ALTER TABLE t ADD v text GENERATED ALWAYS AS (upper(secret)) VIRTUAL",
                ", {match: public.t.plain, mask: {type: sql, expression: \"CASE WHEN v = 'X' THEN value END\"}}");
        assertThat(session.decide("EXPLAIN SELECT plain FROM t")).isInstanceOf(Decision.Refuse.class);
    }
}
