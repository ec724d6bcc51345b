/** Tests of sessions through the proxy. */
@NullMarked
package dev.bauta.proxy.session;

import org.jspecify.annotations.NullMarked;
