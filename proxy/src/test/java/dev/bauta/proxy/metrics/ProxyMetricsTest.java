package dev.bauta.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProxyMetricsTest {
    @Test
    void whatIsCountedElsewhereGoesOnAfterAGarbageCollection() {
        ProxyMetrics metrics = new ProxyMetrics();
        AtomicLong counted = new AtomicLong(1);
        metrics.count("bauta.looks", "Looks", "result", "good", counted::get);
        metrics.gauge("bauta.open", "Open", counted::get);
        assertThat(metrics.scrape()).contains("bauta_looks_total{result=\"good\"} 1.0", "bauta_open 1.0");
        collectGarbage();
        counted.set(2);
        assertThat(metrics.scrape()).contains("bauta_looks_total{result=\"good\"} 2.0", "bauta_open 2.0");
    }

    @Test
    void eachMeterSaysWhatItIs() {
        ProxyMetrics metrics = new ProxyMetrics();
        metrics.onReload(true);
        assertThat(metrics.scrape().lines().filter(line -> line.matches("# HELP \\S+\\s*")))
                .isEmpty();
        assertThat(metrics.scrape()).contains("bauta_rules_reloads_total{result=\"good\"} 1.0");
    }

    /** Returns when what nobody holds strongly is gone. */
    private static void collectGarbage() {
        WeakReference<Object> unheld = new WeakReference<>(new Object());
        while (unheld.get() != null) {
            System.gc();
        }
    }
}
