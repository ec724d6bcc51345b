/**
 * The PostgreSQL wire-protocol proxy.
 */
@NullMarked
package dev.bauta.proxy;

import org.jspecify.annotations.NullMarked;
