/**
 * What sessions tell of what is run in them, for audit and metrics: never a constant, a bind value or a value of a row.
 */
@NullMarked
package dev.bauta.proxy.trail;

import org.jspecify.annotations.NullMarked;
