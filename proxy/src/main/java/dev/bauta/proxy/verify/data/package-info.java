/** Compares what the masked user sees with what the tables hold: schema, integrity, compliance, anonymity. */
@NullMarked
package dev.bauta.proxy.verify.data;

import org.jspecify.annotations.NullMarked;
