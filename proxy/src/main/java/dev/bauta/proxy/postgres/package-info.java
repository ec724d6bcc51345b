/**
 * The PostgreSQL server behind the proxy: one, or several of which one is chosen, and connections to it by JDBC.
 */
@NullMarked
package dev.bauta.proxy.postgres;

import org.jspecify.annotations.NullMarked;
