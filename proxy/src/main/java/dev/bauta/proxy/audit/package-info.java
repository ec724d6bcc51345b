/**
 * The audit log: hash-chained records of what was run, as lines of a file and rows of a table, and the check of the chain.
 */
@NullMarked
package dev.bauta.proxy.audit;

import org.jspecify.annotations.NullMarked;
