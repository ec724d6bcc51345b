/** What the tests of all modules share: real PostgreSQL servers, and readers of the scenario files. */
@NullMarked
package dev.bauta.testing;

import org.jspecify.annotations.NullMarked;
