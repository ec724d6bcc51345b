/** A PostgreSQL client that speaks the protocol byte by byte, and fakes of the engine, for tests of the proxy. */
@NullMarked
package dev.bauta.proxy.testing;

import org.jspecify.annotations.NullMarked;
