package dev.bauta.proxy.verify.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The values of the self-test. */
class CanariesTest {
    /** A mask that shows the value itself would be taken for a leak. */
    @Test
    void noneIsWhatItsMaskShows() {
        for (int seed = 0; seed < 1_000; seed++) {
            assertThat(Canaries.draw(new Random(seed)).people())
                    .allSatisfy(
                            person -> assertThat(person.born().getDayOfYear()).isGreaterThan(1))
                    .allSatisfy(person -> assertThat(person.balance() % 1_000).isBetween(2L, 998L));
        }
    }
}
