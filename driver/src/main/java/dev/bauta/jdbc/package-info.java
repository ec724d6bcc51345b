/**
 * The JDBC driver for {@code jdbc:bauta:postgresql://…} URLs: wraps the PostgreSQL driver, hands out nothing raw.
 */
@NullMarked
package dev.bauta.jdbc;

import org.jspecify.annotations.NullMarked;
