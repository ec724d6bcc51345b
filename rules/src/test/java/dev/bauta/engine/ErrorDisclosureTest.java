package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.refusal.ErrorDisclosure;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the database itself computes with raw values can fail on them, and says so in a message. */
class ErrorDisclosureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    CREATE VIEW v AS SELECT id, secret FROM t                                              | OWN_TEXT
                    CREATE VIEW v AS SELECT id FROM t WHERE kind = 'x'                                     | OWN_TEXT
                    CREATE VIEW v AS SELECT upper(secret), char_length(short), count(*) FROM t GROUP BY 1, 2 HAVING count(*) > 1 | OWN_TEXT
                    CREATE VIEW v AS SELECT id FROM t WHERE secret LIKE 'a%' AND concat(secret, id::text) > 'b'  | OWN_TEXT
                    CREATE VIEW v AS SELECT secret FROM t UNION SELECT kind FROM t ORDER BY 1              | OWN_TEXT
                    CREATE VIEW v AS SELECT id FROM t WHERE secret ~ kind                                  | NO_DATA
                    CREATE VIEW v AS SELECT date_trunc(secret, now()) FROM t                               | NO_DATA
                    CREATE VIEW v AS SELECT secret::date FROM t                                            | NO_DATA
                    CREATE VIEW v AS SELECT secret::jsonb FROM t                                           | NO_DATA
                    CREATE VIEW v AS SELECT id FROM t WHERE to_number(secret, '9') > 2                     | NO_DATA
                    CREATE MATERIALIZED VIEW v AS SELECT id FROM t WHERE secret::int > 2 WITH NO DATA      | OWN_TEXT
                    ALTER TABLE t ADD CHECK (secret <> '')                                                 | OWN_TEXT
                    CREATE POLICY p ON t USING (kind = 'x')                                                | OWN_TEXT
                    CREATE VIEW v AS SELECT id FROM t WHERE secret::int > 2                                | NO_DATA
                    CREATE VIEW v AS SELECT kind, count(*) FROM t GROUP BY kind, secret::int               | NO_DATA
                    CREATE VIEW v AS SELECT DISTINCT ON (secret::int) id FROM t                            | NO_DATA
                    CREATE VIEW v AS SELECT t.id FROM t JOIN generate_series(1, 5) g ON g = secret::int    | NO_DATA
                    CREATE VIEW v AS SELECT id FROM t WHERE xmlparse(DOCUMENT secret) IS NOT NULL          | NO_DATA
                    CREATE VIEW v AS SELECT id FROM t WHERE (SELECT secret::int FROM t AS u LIMIT 1) IS NULL | NO_DATA
                    CREATE POLICY p ON t USING (secret::int > 0)                                           | NO_DATA
                    CREATE POLICY p ON t USING (t IS NOT NULL)                                             | NO_DATA
                    """)
    void isNarrowWhereSomethingComputesWithProtectedColumns(String definition, ErrorDisclosure expected)
            throws Exception {
        TestDatabase database =
                TestDatabase.create("CREATE TABLE t (id int, kind text, secret text, short varchar(9)); " + definition);
        try (Connection connection = database.connect()) {
            Engine engine = Engine.of(
                    RuleFile.parse(
                            "version: 1\ncolumns: [{match: [public.t.secret, public.t.short], mask: redact}]\n",
                            "rules.yaml",
                            Map.of(),
                            Path.of(".")),
                    CatalogLoader.load(connection));
            Session session = engine.open(new Principal("analyst", database.name()), LexerSettings.SERVER);
            assertThat(session.errorDisclosure()).isEqualTo(expected);
        }
    }
}
