/**
 * The demonstration: a throw-away PostgreSQL server with invented people in it, masked by the proxy.
 */
@NullMarked
package dev.bauta.proxy.demo;

import org.jspecify.annotations.NullMarked;
