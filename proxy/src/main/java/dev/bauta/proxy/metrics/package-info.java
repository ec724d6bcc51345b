/**
 * The proxy's meters, by Micrometer, in Prometheus' text format.
 */
@NullMarked
package dev.bauta.proxy.metrics;

import org.jspecify.annotations.NullMarked;
