package dev.bauta.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RawValuesTest {
    private static final RawValues VALUES =
            new RawValues(List.of("ada@example.com", "Ada Lovelace", "4000123412341234", "short", "ada@example.com"));

    @Test
    void leavesOutShortValuesAndRepetitions() {
        assertThat(VALUES.count()).isEqualTo(3);
        assertThat(VALUES.findIn("short")).isEmpty();
    }

    @Test
    void findsAValueInAnyCaseAndAnyPlace() {
        assertThat(VALUES.findIn("{\"email\":\"ADA@EXAMPLE.COM\"}")).contains("ada@example.com");
        assertThat(VALUES.findIn("(1,\"Ada Lovelace\",x)")).contains("ada lovelace");
        assertThat(VALUES.findIn("4000123412341234")).contains("4000123412341234");
    }

    @Test
    void findsNothingInMasks() {
        assertThat(VALUES.findIn("a**@example.com, ************1234, Ada L.")).isEmpty();
    }
}
