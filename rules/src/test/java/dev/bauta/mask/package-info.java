/** Holds the masks to their contract, on real servers. */
@NullMarked
package dev.bauta.mask;

import org.jspecify.annotations.NullMarked;
