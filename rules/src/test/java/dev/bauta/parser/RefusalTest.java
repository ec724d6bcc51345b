package dev.bauta.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not analysed, and that no statement can hold the parser up. */
class RefusalTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t INTO x",
                "SELECT 1 INTO x, y",
                "CREATE TABLE x AS SELECT 1",
                "SELECT 1; SELECT 2",
                "SELECT 1 FROM json_table('{}', '$' COLUMNS (a)) x",
                "SELECT 1 FROM a.b.c.d",
                "SELECT 1 FROM t WHERE",
                "SELECT (1",
                "SELECT 1 FROM only",
                "SELECT 1 FROM t AS select",
                "SELECT 'secret' 'secret'",
                ")",
            })
    void refusesWhatItDoesNotUnderstand(String sql) {
        assertThatThrownBy(() -> Parsed.of(sql))
                .isInstanceOf(NotAnalysableException.class)
                .hasNoCause()
                .message()
                .doesNotContain("secret");
    }

    @Test
    void refusesAnEmptyStatement() {
        assertThatThrownBy(() -> Parsed.of(" -- nothing"))
                .isInstanceOf(NotAnalysableException.class)
                .hasMessage("the statement is empty");
    }

    @Test
    void namesTheTokenThatItDoesNotUnderstand() {
        assertThatThrownBy(() -> Parsed.of("SELECT a OFFSET_ b FROM c"))
                .isInstanceOfSatisfying(
                        NotAnalysableException.class, e -> assertThat(e.token()).isEqualTo(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT #(#1#)#",
                "SELECT # (SELECT #1#) #",
                "SELECT 1 FROM #(#t#)#",
                "SELECT 1 FROM #(SELECT 1 FROM #t#) x#",
                "SELECT #f(#1#)#",
                "SELECT #ARRAY[#1#]#",
                "SELECT ARRAY #[#1#]#",
                "SELECT #a[#1#]#",
                "SELECT #CASE WHEN #1# THEN 1 END#",
                "#WITH a AS (#SELECT 1#) TABLE a#",
                "SELECT 1 FROM t #JOIN t ## ON true#",
                "#(#SELECT 1#)# UNION SELECT 1",
                "SELECT 1 WHERE #a IN (SELECT 1 FROM t WHERE #true#)#",
            })
    void survivesDeepNesting(String pattern) throws InterruptedException {
        String[] parts = pattern.split("#", -1);
        String deep = parts[0] + parts[1].repeat(20_000) + parts[2] + parts[3].repeat(20_000) + parts[4];

        onSmallStack(() -> assertThatThrownBy(() -> Parsed.of(deep)).isInstanceOf(NotAnalysableException.class));
        String shallow = parts[0] + parts[1].repeat(190) + parts[2] + parts[3].repeat(190) + parts[4];
        onSmallStack(() -> Assertions.assertDoesNotThrow(() -> Parsed.of(shallow)));
    }

    private static void onSmallStack(Runnable test) throws InterruptedException {
        Throwable[] thrown = new Throwable[1];
        Thread thread = new Thread(null, test, "small stack", 512 * 1024);
        thread.setUncaughtExceptionHandler((t, e) -> thrown[0] = e);
        thread.start();
        thread.join();
        assertThat(thrown[0]).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = 1 OR ",
                "a AND ",
                "- ",
                "NOT ",
                "a || ",
                "x.y.z.* + ",
                "numeric(1, 2) '1' + ",
                "char + ",
                "1 IN (1, 2) AND ",
                "CASE WHEN a THEN b END + ",
                "f(a, b) OVER (PARTITION BY c) - ",
                "a BETWEEN b AND ",
            })
    void parsesLongChainsInLinearTime(String link) {
        String chain = "SELECT " + link.repeat(8_000).substring(0, Math.min(link.length() * 8_000, 90_000));
        String sql = chain.substring(0, chain.lastIndexOf(link)) + link + "1";

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> Parsed.of(sql));
    }

    /** What once cost time by the square of its length. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 FROM t GROUP BY #a, #b",
                "SELECT #+#1",
                "SELECT 1 =#+#1",
                "VALUES #(1), #(2)",
                "SELECT 1#::int#",
                "SELECT 1 #UNION SELECT 1 #",
                "SELECT 1 FROM t #JOIN t USING (a) #",
                "SELECT json_object(#a: b, #c: d)",
            })
    void parsesLongListsInLinearTime(String pattern) {
        String[] parts = pattern.split("#", -1);
        String sql = parts[0] + parts[1].repeat(16_000) + parts[2];

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> Parsed.of(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT #a.#b",
                "SELECT #a.#f()",
                "SELECT 1 FROM #a.#b",
                "SELECT 1::#a.#b",
                "SELECT 1 COLLATE #a.#b",
                "SELECT 1 OPERATOR(#a.#b.+) 2",
            })
    void refusesLongNames(String pattern) {
        String[] parts = pattern.split("#", -1);
        String sql = parts[0] + parts[1].repeat(20_000) + parts[2];

        assertThatThrownBy(() -> Parsed.of(sql))
                .isInstanceOf(NotAnalysableException.class)
                .hasMessage("the statement holds a name of more than 8 parts");
    }

    @Test
    void refusesTooManyTokens() {
        String sql = "SELECT " + "1,".repeat(60_000) + "1";

        assertThatThrownBy(() -> Parsed.of(sql)).hasMessage("the statement has more than 100000 tokens");
    }

    @Test
    void refusesTooLongStatements() {
        String sql = "SELECT '" + "x".repeat(1 << 20) + "'";

        assertThatThrownBy(() -> Parsed.of(sql)).hasMessage("the statement is longer than 1048576 characters");
    }
}
