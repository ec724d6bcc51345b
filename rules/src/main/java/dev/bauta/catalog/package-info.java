/**
 * An immutable snapshot of what the server's catalogs say about relations, columns, functions and dependencies.
 */
@NullMarked
package dev.bauta.catalog;

import org.jspecify.annotations.NullMarked;
