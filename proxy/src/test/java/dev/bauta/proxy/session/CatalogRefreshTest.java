package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.engine.Session;
import dev.bauta.policy.Principal;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CatalogRefreshTest {
    private static final String SHOP = "shop";

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Catalogs catalogs = new Catalogs();
    private final CatalogRefresh refresh = new CatalogRefresh(catalogs, tasks::add);

    private static final class Catalogs implements SessionFactory {
        private int reads;
        private boolean readable = true;
        /** Also where the rest is not. */
        private String read = "";

        private long readAt;
        private Runnable whileRead = () -> {};

        @Override
        public Session open(Principal principal) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void refreshCatalog() {
            reads++;
            long begun = System.nanoTime();
            whileRead.run();
            readAt = begun;
            if (!readable) {
                throw new IllegalStateException("the catalog cannot be read");
            }
        }

        @Override
        public boolean isCatalogReadSince(String database, long moment) {
            return database.equals(read) && readAt - moment >= 0;
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
            assertThat(refresh.tryPostpone(false)).isTrue();
        }
        assertThat(refresh.isStale(SHOP)).isTrue();
        assertThat(tasks).isEmpty();
        CompletableFuture<Void> one = refresh.request();
        CompletableFuture<Void> other = refresh.request();
        runNext();
        assertThat(one).isCompleted();
        assertThat(other).isCompleted();
        assertThat(refresh.isStale(SHOP)).isFalse();
        assertThat(catalogs.reads).isEqualTo(1);
        assertThat(tasks).isEmpty();
    }

    /** Or a masked session could wait for ever. */
    @Test
    void nothingIsPostponedWhileSomebodyWaits() {
        assertThat(refresh.tryPostpone(false)).isTrue();
        CompletableFuture<Void> first = refresh.request();
        assertThat(refresh.tryPostpone(false)).isFalse();
        catalogs.whileRead = () -> assertThat(refresh.tryPostpone(false)).isFalse();
        runNext();
        assertThat(first).isCompleted();
        assertThat(refresh.isStale(SHOP)).isFalse();
        assertThat(refresh.tryPostpone(false)).isTrue();
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
        assertThat(refresh.tryPostpone(false)).isTrue();
        catalogs.readable = false;
        CompletableFuture<Void> failing = refresh.request();
        runNext();
        assertThat(failing).isCompletedExceptionally();
        assertThat(refresh.isStale(SHOP)).isTrue();
        assertThat(refresh.tryPostpone(false)).isFalse();
        catalogs.readable = true;
        CompletableFuture<Void> well = refresh.request();
        runNext();
        assertThat(well).isCompleted();
        assertThat(refresh.isStale(SHOP)).isFalse();
    }

    /** Or masked sessions would go by what was known before. */
    @Test
    void aChangeThatCannotBeReadMakesTheCatalogStale() {
        catalogs.readable = false;
        assertThat(refresh.tryPostpone(false)).isFalse();
        CompletableFuture<Void> failing = refresh.request();
        runNext();
        assertThat(failing).isCompletedExceptionally();
        assertThat(refresh.isStale(SHOP)).isTrue();
    }

    /** Or a masked session could wait for ever, while some change the one database and another one cannot be read. */
    @Test
    void whatIsReadIsNotStaleByWhatIsChangedMeanwhile() {
        catalogs.readable = false;
        catalogs.read = SHOP;
        assertThat(refresh.tryPostpone(false)).isFalse();
        catalogs.whileRead = () -> assertThat(refresh.tryPostpone(false)).isFalse();
        runNextRequest();
        assertThat(refresh.isStale(SHOP)).isFalse();
        assertThat(refresh.isStale("clinic")).isTrue();
        catalogs.read = "clinic";
        runNextRequest();
        assertThat(refresh.isStale(SHOP)).isTrue();
        assertThat(refresh.isStale("clinic")).isFalse();
    }

    /** Or everybody would wait for ever for what nobody does. */
    @Test
    void aRefreshThatCannotBeBegunIsNotShared() {
        CatalogRefresh poor = new CatalogRefresh(catalogs, task -> {
            if (tasks.isEmpty()) {
                tasks.add(() -> {});
                throw new OutOfMemoryError("unable to create native thread");
            }
            tasks.add(task);
        });
        assertThat(poor.tryPostpone(false)).isTrue();
        assertThatThrownBy(poor::request).isInstanceOf(OutOfMemoryError.class);
        CompletableFuture<Void> second = poor.request();
        runNext();
        runNext();
        assertThat(second).isCompleted();
        assertThat(poor.isStale(SHOP)).isFalse();
    }

    @Test
    void whatCanBeReadIsNotStaleBecauseOfOthers() {
        assertThat(refresh.tryPostpone(false)).isTrue();
        catalogs.readable = false;
        catalogs.read = SHOP;
        CompletableFuture<Void> failing = refresh.request();
        runNext();
        assertThat(failing).isCompletedExceptionally();
        assertThat(refresh.isStale(SHOP)).isFalse();
        assertThat(refresh.isStale("clinic")).isTrue();
        assertThat(refresh.tryPostpone(false)).isFalse();
        runNextRequest();
        assertThat(refresh.isStale(SHOP)).isFalse();
    }

    @Test
    void whatIsUrgentIsNotPostponed() {
        assertThat(refresh.tryPostpone(true)).isFalse();
        runNextRequest();
        assertThat(refresh.isStale(SHOP)).isFalse();
        assertThat(refresh.tryPostpone(true)).isFalse();
        catalogs.readable = false;
        runNextRequest();
        assertThat(refresh.isStale(SHOP)).isTrue();
    }

    private void runNextRequest() {
        var unused = refresh.request();
        runNext();
    }
}
