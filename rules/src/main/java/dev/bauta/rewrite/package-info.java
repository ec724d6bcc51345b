/**
 * Text edits that put masked relations in the place of protected ones.
 */
@NullMarked
package dev.bauta.rewrite;

import org.jspecify.annotations.NullMarked;
