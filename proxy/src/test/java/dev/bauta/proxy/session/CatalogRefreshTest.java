package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.engine.Session;
import dev.bauta.policy.Principal;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CatalogRefreshTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Catalogs catalogs = new Catalogs();
    private final CatalogRefresh refresh = new CatalogRefresh(catalogs, tasks::add);

    private static final class Catalogs implements SessionFactory {
        private int reads;
        private boolean readable = true;
        private Runnable whileRead = () -> {};

        @Override
        public Session open(Principal principal) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void refreshCatalog() {
            reads++;
            whileRead.run();
            if (!readable) {
                throw new IllegalStateException("the catalog cannot be read");
            }
        }

        @Override
        public boolean canReadCatalog() {
            return readable;
        }
    }

    private void runNext() {
        Objects.requireNonNull(tasks.poll()).run();
    }

    @Test
    void manyChangesCostOneReadWhenSomebodyAsks() {
        for (int i = 0; i < 100; i++) {
            assertThat(refresh.tryPostpone()).isTrue();
        }
        assertThat(refresh.isStale()).isTrue();
        assertThat(tasks).isEmpty();
        CompletableFuture<Void> one = refresh.request();
        CompletableFuture<Void> other = refresh.request();
        runNext();
        assertThat(one).isCompleted();
        assertThat(other).isCompleted();
        assertThat(refresh.isStale()).isFalse();
        assertThat(catalogs.reads).isEqualTo(1);
        assertThat(tasks).isEmpty();
    }

    /** Or a masked session could wait for ever. */
    @Test
    void nothingIsPostponedWhileSomebodyWaits() {
        assertThat(refresh.tryPostpone()).isTrue();
        CompletableFuture<Void> first = refresh.request();
        assertThat(refresh.tryPostpone()).isFalse();
        catalogs.whileRead = () -> assertThat(refresh.tryPostpone()).isFalse();
        runNext();
        assertThat(first).isCompleted();
        assertThat(refresh.isStale()).isFalse();
        assertThat(refresh.tryPostpone()).isTrue();
    }

    /** What has begun may have read too early for whoever asks now. */
    @Test
    void aRefreshThatHasBegunIsNotShared() {
        CompletableFuture<Void> first = refresh.request();
        CompletableFuture<?>[] second = new CompletableFuture<?>[1];
        catalogs.whileRead = () -> second[0] = refresh.request();
        runNext();
        assertThat(first).isCompleted();
        assertThat(second[0]).isNotCompleted();
        catalogs.whileRead = () -> {};
        runNext();
        assertThat(second[0]).isCompleted();
    }

    @Test
    void afterAFailureTheCatalogIsStillStaleAndNothingMoreIsPostponed() {
        assertThat(refresh.tryPostpone()).isTrue();
        catalogs.readable = false;
        CompletableFuture<Void> failing = refresh.request();
        runNext();
        assertThat(failing).isCompletedExceptionally();
        assertThat(refresh.isStale()).isTrue();
        assertThat(refresh.tryPostpone()).isFalse();
        catalogs.readable = true;
        CompletableFuture<Void> well = refresh.request();
        runNext();
        assertThat(well).isCompleted();
        assertThat(refresh.isStale()).isFalse();
    }
}
