/** The self-test: made-up values in a scratch schema, hostile statements, and a look at every byte that comes back. */
@NullMarked
package dev.bauta.proxy.verify.attack;

import org.jspecify.annotations.NullMarked;
