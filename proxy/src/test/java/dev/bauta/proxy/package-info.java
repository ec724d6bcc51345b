/** Tests of the proxy as a whole. */
@NullMarked
package dev.bauta.proxy;

import org.jspecify.annotations.NullMarked;
