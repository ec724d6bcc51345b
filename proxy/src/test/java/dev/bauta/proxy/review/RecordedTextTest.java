package dev.bauta.proxy.review;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constants in the place of question marks of recorded statements. */
class RecordedTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select 1 from t where id = ? | select 1 from t where id = '0'",
                "select * from t where id=? limit ? | select * from t where id='0' limit '0'",
                "select * from t where id in (?, …) | select * from t where id in ('0')",
                "select \"a?b\", \"c\"\"?\" from t where x = ? | select \"a?b\", \"c\"\"?\" from t where x = '0'",
                "select data ? ? from t | select data ? '0' from t",
                "select data @? ? from t | select data @? '0' from t",
                "`select data ?| array[?] from t` | `select data ?| array['0'] from t`",
                "`select ?||name from t` | `select '0'||name from t`",
                "select date ? | select date '0'"
            })
    void withConstants(String recorded, String expected) {
        assertThat(RecordedText.withConstants(recorded)).isEqualTo(expected);
    }
}
