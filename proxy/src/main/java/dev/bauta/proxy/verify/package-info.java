/** The automated test of rules on a live database, as {@code bauta verify} runs it. */
@NullMarked
package dev.bauta.proxy.verify;

import org.jspecify.annotations.NullMarked;
