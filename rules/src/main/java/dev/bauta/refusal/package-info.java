/** Why something is refused: codes with their SQLSTATEs, and the words a client sees. Depends on nothing else. */
@NullMarked
package dev.bauta.refusal;

import org.jspecify.annotations.NullMarked;
