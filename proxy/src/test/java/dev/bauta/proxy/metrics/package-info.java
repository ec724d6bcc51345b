@NullMarked
package dev.bauta.proxy.metrics;

import org.jspecify.annotations.NullMarked;
