/**
 * A session's statements to decisions: pass, rewrite or refuse.
 */
@NullMarked
package dev.bauta.engine;

import org.jspecify.annotations.NullMarked;
