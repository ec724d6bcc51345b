/**
 * The messages of the PostgreSQL frontend/backend protocol, version 3, as far as the proxy looks into them: framing, and the
 * few messages whose content matters. Knows nothing of sessions.
 */
@NullMarked
package dev.bauta.proxy.wire;

import org.jspecify.annotations.NullMarked;
