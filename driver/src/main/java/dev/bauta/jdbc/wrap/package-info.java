/**
 * Wrappers around the objects of the PostgreSQL driver. A wrapper sends every SQL text through the engine and gives out
 * wrappers only; the classes {@code Forwarding…} are generated from the interfaces of {@code java.sql}.
 */
@NullMarked
package dev.bauta.jdbc.wrap;

import org.jspecify.annotations.NullMarked;
