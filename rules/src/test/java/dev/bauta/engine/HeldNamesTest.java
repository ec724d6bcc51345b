package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** A Close is under way while the same is opened again: equal, but another object. */
    @ParameterizedTest
    @ValueSource(strings = {"", "named"})
    void keepsWhatWasOpenedAfterWhatIsClosed(String name) {
        names.add(name, new Opened(1));
        List<Held> closed = names.of(name);
        Held again = new Opened(1);
        names.add(name, again);
        Held other = new Opened(2);
        names.add(name, other);

        names.remove(name, closed);
        assertThat(names.of(name)).satisfiesExactly(one -> assertThat(one).isSameAs(again), one -> assertThat(one)
                .isSameAs(other));
        assertThat(closed).hasSize(1);

        names.settle(name, other);
        assertThat(names.of(name)).containsExactly(other);

        names.endTransaction();
        assertThat(names.of(name)).isEmpty();
        assertThat(names).hasToString("HeldNames[0]");
    }

    private record Opened(int number) implements Held {
        @Override
        public boolean isCurrent() {
            return true;
        }
    }
}
