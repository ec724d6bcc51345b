/**
 * Tokens to the references of a query, by Apache Calcite's parser with a grammar extended to PostgreSQL's.
 */
@NullMarked
package dev.bauta.parser;

import org.jspecify.annotations.NullMarked;
