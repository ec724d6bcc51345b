package dev.bauta.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordOperatorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    SELECT a IN (1, 2)                         | =
                    SELECT a NOT IN (1, 2)                     | <> =
                    SELECT a NOT IN (SELECT b)                 | <> =
                    SELECT a BETWEEN SYMMETRIC 1 AND 2         | >= <=
                    SELECT a NOT BETWEEN 1 AND 2               | < >
                    SELECT a LIKE b ESCAPE c                   | ~~
                    SELECT a not like ALL (b)                  | !~~
                    SELECT a ILIKE b, a NOT ILIKE b            | ~~* !~~*
                    SELECT a SIMILAR TO b, a NOT SIMILAR TO b  | ~ !~
                    SELECT NULLIF(a, b)                        | =
                    SELECT CASE a WHEN b THEN 1 END            | =
                    SELECT CASE WHEN a THEN 1 END              | -
                    SELECT a IS NOT DISTINCT FROM b            | =
                    SELECT DISTINCT a FROM b                   | -
                    SELECT FROM a NATURAL JOIN b               | =
                    SELECT FROM a JOIN b USING (c)             | =
                    SELECT a FROM b ORDER BY a USING <         | -
                    SELECT a AS "in", "like" FROM b            | -
                    """)
    void standForTheOperatorsThatPostgresLooksUp(String text, String symbols) throws Exception {
        Tokens tokens = Lexer.lex(text, LexerSettings.SERVER);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            found.addAll(WordOperators.symbols(tokens, i));
        }
        assertThat(found).isEqualTo(symbols == null ? List.of() : List.of(symbols.split(" ")));
    }
}
