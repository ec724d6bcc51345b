/**
 * TLS with clients and with the server: files, modes, and what they make of a connection.
 */
@NullMarked
package dev.bauta.proxy.tls;

import org.jspecify.annotations.NullMarked;
