package dev.bauta.lexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NameTableTest {
    @Test
    void foldsAsciiLettersAlone() {
        assertThat(folded("SELECT")).isEqualTo("select");
        assertThat(folded("Grüße_ÄÖ_K")).isEqualTo("grüße_ÄÖ_k");
        assertThat(folded("\u212A")).isEqualTo("\u212A");
        assertThat(NameTable.folded("a <-> b", 2, 5)).isEqualTo("<->");
    }

    @Test
    void makesARecurringNameOnce() {
        assertThat(folded("A_Name_Of_This_Test")).isSameAs(folded("a_name_of_this_test"));
    }

    /** Many more names than there are places. */
    @Test
    void neverTakesOneNameForAnother() {
        Random random = new Random(20_261_123L);
        for (int i = 0; i < 200_000; i++) {
            String name = Integer.toString(random.nextInt(100_000), Character.MAX_RADIX);
            assertThat(folded(name)).isEqualTo(name);
        }
    }

    private static String folded(String text) {
        return NameTable.folded(text, 0, text.length());
    }
}
