package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms that programs write; that both forms of the mask agree, the contract tests say. */
class TextMaskTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "from [::ffff:192.168.0.17]:443                                   | from [[ip]]:443",
                "2001:db8::192.0.2.33, fe80::1.443                                | [ip], [ip]",
                "::1. And ::1.2.3.456789                                          | [ip]. And [ip].456789",
                "4111\u00a01111\u00a01111\u00a01111 4111\u20111111\u20131111\u22121111 | [card]",
                "+39\u00a006\u202f1234567, 555\u20110100, +39 06\u200b1234567     | [phone], [phone], [phone]",
                "DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000             | [iban]",
                "IBAN:DE89-3704-0044-0532-0130-00                                 | IBAN:[iban]",
                "078\u201105\u20111120 AB\u00a012\u00a034\u00a056\u00a0C          | [id] [id]",
                "?email=maria%40example.com&x=%40                                 | [email]&x=%40",
                "maria@my_domain.example.com_, a_b                                | [email], a_b",
            })
    void findsWhatProgramsWrite(String text, String masked) throws Exception {
        ValueMask mask = (ValueMask) Masks.parse("text", Map.of(), KeyRing.empty());
        assertThat(mask.value(text, PartTypes.TEXT)).isEqualTo(masked);
    }
}
