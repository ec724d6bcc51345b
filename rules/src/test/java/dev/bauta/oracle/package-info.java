/** The independent oracle: rewritten queries against hand-written masked views. */
@NullMarked
package dev.bauta.oracle;

import org.jspecify.annotations.NullMarked;
