/** The same specification through both doors, on a real server. */
@NullMarked
package dev.bauta.doors;

import org.jspecify.annotations.NullMarked;
