package dev.bauta.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.refusal.RefusedException;
import dev.bauta.rulefile.StatementKind;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementKindsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2              | INSERT
                    INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2              | UPDATE
                    MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE                     | MERGE
                    MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE                     | DELETE
                    MERGE INTO t USING s ON true WHEN MATCHED AND a THEN UPDATE SET a = 1     | UPDATE
                    MERGE INTO t USING s ON true WHEN NOT MATCHED THEN INSERT VALUES (1)      | INSERT
                    WITH a AS (SELECT 1) UPDATE t SET b = 1                                   | UPDATE
                    WITH a AS MATERIALIZED (DELETE FROM t RETURNING b) TABLE a                | DELETE
                    WITH RECURSIVE a(b) AS (SELECT 1 UNION SELECT b FROM a) SEARCH BREADTH FIRST BY b SET c INSERT INTO t TABLE a | INSERT
                    WITH RECURSIVE a(b) AS (SELECT 1 UNION SELECT b FROM a) CYCLE b SET c USING d UPDATE t SET b = 1 | UPDATE
                    PREPARE p AS INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2 | UPDATE
                    SELECT 1 insert INTO TEMP t                                               | TEMPORARY_TABLES
                    """)
    void statementsAreOfSeveralKinds(String text, StatementKind denied) throws Exception {
        assertThat(isAllowed(text, denied)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING    | UPDATE
                    SELECT a FROM t FOR UPDATE                         | UPDATE
                    MERGE INTO t USING s ON true WHEN MATCHED THEN DO NOTHING | DELETE
                    SELECT a AS insert, b AS update FROM t             | INSERT
                    WITH a AS (INSERT INTO t VALUES (1)) SELECT 1      | TEMPORARY_TABLES
                    """)
    void wordsAloneMakeNone(String text, StatementKind denied) throws Exception {
        assertThat(isAllowed(text, denied)).isTrue();
    }

    private static boolean isAllowed(String text, StatementKind denied) throws Exception {
        Tokens tokens = Lexer.lex(text, LexerSettings.SERVER);
        TokenRange statement = Statements.split(tokens).get(0);
        try {
            new StatementKinds(Set.of(denied)).requireAllowed(tokens, statement, StatementHead.of(tokens, statement));
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }
}
