/**
 * How users prove who they are: SCRAM-SHA-256, as a server of clients and as a client of the server. Knows no network.
 */
@NullMarked
package dev.bauta.proxy.authentication;

import org.jspecify.annotations.NullMarked;
