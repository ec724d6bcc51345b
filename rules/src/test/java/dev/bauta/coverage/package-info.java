/**
 * How much of PostgreSQL's query language the parser understands, measured against PostgreSQL's own grammar; see
 * {@code docs/coverage.md}.
 */
@NullMarked
package dev.bauta.coverage;

import org.jspecify.annotations.NullMarked;
