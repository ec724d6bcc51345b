/** What becomes of a statement, and why, for people who ask before a client does. */
@NullMarked
package dev.bauta.proxy.explain;

import org.jspecify.annotations.NullMarked;
