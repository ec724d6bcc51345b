/** Connections of a verification: past Bauta and through it. */
@NullMarked
package dev.bauta.proxy.verify.connect;

import org.jspecify.annotations.NullMarked;
