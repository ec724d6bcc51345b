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

    /** A client can have the server skip so much after errors that what stands behind a name would take long to look at. */
    @Test
    void whatIsTooMuchBehindOneNameIsForgotten() {
        List<Held> closed = List.of();
        for (int i = 0; i < 1_000; i++) {
            names.add("p", new Opened(i));
            assertThat(names.of("p")).hasSizeLessThanOrEqualTo(HeldNames.MOST_BEHIND_A_NAME);
            assertThat(names.isCurrent("p")).isEqualTo(i < HeldNames.MOST_BEHIND_A_NAME);
            closed = i == 500 ? names.of("p") : closed;
        }
        names.remove("p", closed);
        names.endTransaction();
        assertThat(names.isCurrent("p")).isFalse();
        assertThat(names.isCurrent("q")).isTrue();

        Held confirmed = new Opened(-1);
        names.add("p", confirmed);
        names.settle("p", confirmed);
        assertThat(names.isCurrent("p")).isTrue();
    }

    /** A client could fill the memory by few names. */
    @ParameterizedTest
    @ValueSource(strings = {"", "named"})
    void textsThatAreTooLongTogetherAreForgotten(String name) {
        names.add(name, new Text(HeldNames.MOST_CHARACTERS));
        names.settle(name, new Text(HeldNames.MOST_CHARACTERS));
        assertThat(names.isCurrent(name)).isTrue();
        names.remove(name, names.of(name));
        names.add(name, new Text(HeldNames.MOST_CHARACTERS));
        assertThat(names.isCurrent(name)).isTrue();

        Held own = new Text(0);
        names.add(HeldNames.OWN + 1, own);
        Held other = new Text(1);
        names.add("other", other);
        assertThat(names.of(HeldNames.OWN + 1)).containsExactly(own);
        assertThat(names.of(name)).noneMatch(held -> held instanceof Text);
        assertThat(names.isCurrent(name)).isFalse();
        assertThat(names.isCurrent("other")).isTrue();

        names.endTransaction();
        assertThat(names.isCurrent(name)).isFalse();
        Held again = new Text(HeldNames.MOST_CHARACTERS);
        names.add(name, again);
        names.settle(name, again);
        assertThat(names.of(name)).containsExactly(again);
    }

    private record Text(long length) implements Held {
        @Override
        public boolean isCurrent() {
            return true;
        }
    }

    private record Opened(int number) implements Held {
        @Override
        public boolean isCurrent() {
            return true;
        }
    }
}
