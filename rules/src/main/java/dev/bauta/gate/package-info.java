/**
 * Decides from tokens alone whether a statement can reach anything protected.
 */
@NullMarked
package dev.bauta.gate;

import org.jspecify.annotations.NullMarked;
