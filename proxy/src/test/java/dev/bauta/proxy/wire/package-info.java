/** Tests of framing and messages. */
@NullMarked
package dev.bauta.proxy.wire;

import org.jspecify.annotations.NullMarked;
