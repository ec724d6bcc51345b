package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldNamesTest {
    private static final Held HELD = () -> true;

    private final HeldNames names = new HeldNames(() -> false);

    @Test
    void whatADoorHasPreparedIsForgottenAloneAndCountsNoMore() {
        names.add("s", HELD);
        for (int i = 0; i < 2 * HeldNames.LIMIT; i++) {
            names.add(HeldNames.OWN + i, HELD);
            names.removeOwn();
        }
        assertThat(names.of(HeldNames.OWN + 0)).isEmpty();
        assertThat(names.of("s")).containsExactly(HELD);
        assertThat(names.isCurrent("s")).isTrue();
    }
}
