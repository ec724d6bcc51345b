package dev.bauta.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorDisclosureTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "42703, -, false",
                "23505, -, false",
                "P0001, -, true",
                "22012, PL/pgSQL function f() line 3 at RETURN, true",
                "22P02, unnamed portal parameter $1 = '...', false",
                "22P02, 'COPY t, line 1, column a: \"x\"', false",
            })
    void withholdsWhatAFunctionSays(String sqlState, String context, boolean withheld) {
        assertThat(ErrorDisclosure.mustWithhold(sqlState, context)).isEqualTo(withheld);
    }
}
