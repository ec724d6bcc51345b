package dev.bauta.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainRewriterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EXPLAIN SELECT 1                         | EXPLAIN (COSTS OFF) SELECT 1",
                "EXPLAIN ANALYZE SELECT 1                 | EXPLAIN (ANALYZE, COSTS OFF) SELECT 1",
                "explain analyse verbose table t          | explain (analyse, verbose, COSTS OFF) table t",
                "EXPLAIN EXECUTE p (1)                    | EXPLAIN (COSTS OFF) EXECUTE p (1)",
                "EXPLAIN (COSTS on, FORMAT json) SELECT 1 | EXPLAIN (COSTS on, FORMAT json, COSTS OFF) SELECT 1",
                "EXPLAIN (SELECT 1)                       | EXPLAIN (COSTS OFF) (SELECT 1)",
                "EXPLAIN ((VALUES (1)))                   | EXPLAIN (COSTS OFF) ((VALUES (1)))",
                "EXPLAIN (ANALYZE) (TABLE t)              | EXPLAIN (ANALYZE, COSTS OFF) (TABLE t)"
            })
    void takesTheEstimatesOut(String text, String expected) throws LexicalException {
        Tokens tokens = Lexer.lex(text, LexerSettings.SERVER);
        TokenRange statement = new TokenRange(0, tokens.size());
        assertThat(ExplainRewriter.isExplain(tokens, statement)).isTrue();
        List<Edit> edits = List.of(ExplainRewriter.withoutCosts(tokens, statement));
        assertThat(RewrittenText.of(tokens, edits).text()).isEqualTo(expected);
    }
}
