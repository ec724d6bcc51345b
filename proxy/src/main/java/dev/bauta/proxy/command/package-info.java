/**
 * The {@code bauta} command: reads its arguments and configuration, and turns every failure into one line and an exit status.
 */
@NullMarked
package dev.bauta.proxy.command;

import org.jspecify.annotations.NullMarked;
