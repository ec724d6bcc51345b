/** Hostile statements by technique, each run in two worlds that differ in nothing but what is protected. */
@NullMarked
package dev.bauta.attacks;

import org.jspecify.annotations.NullMarked;
