/** What a verification found: checks, their status and their evidence, in which no value of the database stands. */
@NullMarked
package dev.bauta.proxy.verify.result;

import org.jspecify.annotations.NullMarked;
