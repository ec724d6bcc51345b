/**
 * The masks: each one class with an SQL form and a Java form of the same function.
 */
@NullMarked
package dev.bauta.mask;

import org.jspecify.annotations.NullMarked;
