package dev.bauta.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorDisclosureTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "42703, -, true, false, false",
                "42P01, -, false, false, true",
                "42501, -, false, false, false",
                "23505, -, false, false, true",
                "22P02, -, false, false, true",
                "22P02, -, true, false, false",
                "57014, -, false, false, false",
                "40001, -, false, false, false",
                "-, -, false, false, true",
                "P0001, -, false, true, true",
                "P0001, -, true, true, true",
                "22012, PL/pgSQL function f() line 3 at RETURN, false, true, true",
                "22P02, unnamed portal parameter $1 = '...', false, false, false",
                "22P02, 'COPY t, line 1, column a: \"x\"', false, false, true",
            })
    void withholdsWhatFunctionsSayAndWhatMayBeAboutData(
            String sqlState, String context, boolean positioned, boolean ownText, boolean noData) {
        assertThat(List.of(
                        ErrorDisclosure.OWN_TEXT.mustWithhold(sqlState, context, positioned),
                        ErrorDisclosure.NO_DATA.mustWithhold(sqlState, context, positioned)))
                .containsExactly(ownText, noData);
    }
}
