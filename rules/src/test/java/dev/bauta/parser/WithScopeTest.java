package dev.bauta.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names are relations and which are WITH items; relations stand in braces. */
class WithScopeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM {c}",
                "WITH c AS (SELECT 1) SELECT * FROM c",
                // An item sees the items before it, not itself and none behind it.
                "WITH c AS (SELECT * FROM {c}) SELECT * FROM c",
                "WITH a AS (SELECT * FROM {c}), c AS (SELECT * FROM a) SELECT * FROM a, c",
                "WITH a AS (SELECT 1), b AS (SELECT * FROM a), c AS (SELECT * FROM b, {d}) SELECT * FROM c",
                // RECURSIVE: every item sees all.
                "WITH RECURSIVE c AS (SELECT * FROM c) SELECT * FROM c",
                "WITH RECURSIVE a AS (SELECT * FROM c), c AS (SELECT * FROM a, {b}) SELECT * FROM a",
                "WITH RECURSIVE a(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM a, {t} WHERE n < 3) TABLE a",
                // A schema makes it a relation.
                "WITH c AS (SELECT 1) SELECT * FROM {public.c}, c",
                "WITH c AS (SELECT 1) SELECT * FROM {db.public.c}",
                // Names are compared as folded.
                "WITH c AS (SELECT 1) SELECT * FROM C, \"c\", {\"C\"}",
                "WITH \"C\" AS (SELECT 1) SELECT * FROM \"C\", {C}, {c}",
                "WITH U&\"\\0063\" AS (SELECT 1) SELECT * FROM c",
                // ONLY and the star change nothing.
                "WITH c AS (SELECT 1) SELECT * FROM ONLY c, ONLY (c), c *",
                "WITH c AS (SELECT 1) TABLE c",
                "WITH c AS (SELECT 1) SELECT * FROM {ONLY public.c}",
                // Visible in subqueries anywhere, and nowhere outside.
                "WITH c AS (SELECT 1) SELECT (SELECT 1 FROM c), ARRAY(SELECT 1 FROM c) FROM {t} WHERE EXISTS (TABLE c)",
                "WITH c AS (SELECT 1) SELECT * FROM (SELECT * FROM (SELECT * FROM c) x) y, LATERAL (SELECT * FROM c) z",
                "SELECT * FROM (WITH c AS (SELECT 1) SELECT * FROM c) x, {c}",
                "SELECT (WITH c AS (SELECT 1) SELECT 1 FROM c) FROM {c}",
                "SELECT * FROM {c} WHERE a IN (WITH c AS (SELECT 1) SELECT * FROM c) ORDER BY (SELECT 1 FROM {c})",
                "(WITH c AS (SELECT 1) SELECT * FROM c) UNION SELECT * FROM {c}",
                "SELECT * FROM {c} UNION (WITH c AS (SELECT 1) SELECT * FROM c)",
                "WITH c AS (SELECT 1) SELECT * FROM c UNION SELECT * FROM c EXCEPT (SELECT * FROM c)",
                "WITH c AS (SELECT 1) (SELECT * FROM c) UNION ALL TABLE c ORDER BY (SELECT 1 FROM c)",
                // Parentheses around the whole query are no scope.
                "(WITH c AS (SELECT 1) SELECT * FROM c) ORDER BY (SELECT 1 FROM c)",
                "((WITH c AS (SELECT 1) SELECT * FROM c)) LIMIT (SELECT 1 FROM c)",
                "SELECT * FROM ((WITH c AS (SELECT 1) SELECT * FROM c) OFFSET (SELECT 1 FROM c)) x, {c}",
                "SELECT ((WITH c AS (SELECT 1) SELECT 1 FROM c) LIMIT (SELECT 1 FROM c)), (SELECT 1 FROM {c})",
                // Inner items hide outer ones; an inner item of the same name is not yet visible in itself.
                "WITH c AS (SELECT * FROM {t}) SELECT * FROM (WITH c AS (SELECT * FROM c) SELECT * FROM c) x",
                "WITH a AS (WITH c AS (SELECT 1) SELECT * FROM c) SELECT * FROM a, {c}",
                "WITH a AS (WITH c AS (SELECT 1) SELECT * FROM c), b AS (SELECT * FROM {c}) SELECT * FROM b",
                "WITH RECURSIVE a AS (WITH b AS (SELECT * FROM a, c) SELECT * FROM b), c AS (SELECT * FROM {b}) TABLE a",
                // Changes: the target is never an item, sources can be.
                "WITH c AS (SELECT 1) INSERT INTO {c} SELECT * FROM c",
                "INSERT INTO {t} WITH c AS (SELECT 1) SELECT * FROM c RETURNING (SELECT 1 FROM {c})",
                "WITH c AS (SELECT 1) INSERT INTO {t} WITH d AS (TABLE c) SELECT * FROM c, d",
                "WITH c AS (SELECT 1) INSERT INTO {t} VALUES ((SELECT 1 FROM c)) ON CONFLICT (a) DO UPDATE SET a = (TABLE c)",
                "WITH c AS (SELECT 1) UPDATE {c} SET a = (SELECT 1 FROM c) FROM c AS d RETURNING (TABLE c)",
                "WITH c AS (SELECT 1) DELETE FROM {ONLY c} USING c AS d WHERE EXISTS (TABLE c)",
                "WITH c AS (SELECT 1) MERGE INTO {c} USING c AS s ON true WHEN MATCHED THEN UPDATE SET a = (TABLE c)",
                "WITH c AS (DELETE FROM {t} RETURNING *) INSERT INTO {u} SELECT * FROM c",
                "WITH c AS (INSERT INTO {c} SELECT * FROM {c} RETURNING *), d AS (UPDATE {c} SET a = 1 FROM c) SELECT * FROM d",
                "WITH RECURSIVE c AS (DELETE FROM {c} USING c AS x RETURNING 1) TABLE c",
                // An alias is not a reference, and hides nothing.
                "SELECT * FROM {t} AS c, {c}",
                "WITH c AS (SELECT 1) SELECT * FROM {t} c, c d FOR UPDATE OF c",
                "WITH recursive AS (SELECT 1) SELECT * FROM recursive",
                "WITH a AS MATERIALIZED (SELECT 1), b AS NOT MATERIALIZED (SELECT * FROM a) TABLE b",
            })
    void tellsRelationsFromItems(String expected) throws NotAnalysableException {
        Parsed parsed = Parsed.of(expected);

        assertThat(parsed.markTables()).isEqualTo(expected);
        assertThat(parsed.unexplained()).isEmpty();
    }

    @Test
    void refusesTwoWithClausesOnOneQuery() {
        assertThatThrownBy(() -> Parsed.of("WITH a AS (SELECT 1) (WITH b AS (SELECT 1) SELECT * FROM b)"))
                .isInstanceOf(NotAnalysableException.class)
                .hasMessage("multiple WITH clauses are not allowed");
    }
}
