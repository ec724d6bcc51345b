/**
 * One client connection and the server connection that answers it, from the first byte to the last: greeting, login, the
 * relays of masked and raw sessions, cancelling. Everything here runs on the event loop of its connection unless it says
 * otherwise.
 */
@NullMarked
package dev.bauta.proxy.session;

import org.jspecify.annotations.NullMarked;
