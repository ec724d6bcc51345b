/** Finds personal data in a live database, and tells why it thinks so without telling what it saw. */
@NullMarked
package dev.bauta.proxy.discovery;

import org.jspecify.annotations.NullMarked;
