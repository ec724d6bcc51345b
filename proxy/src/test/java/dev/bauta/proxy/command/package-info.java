@NullMarked
package dev.bauta.proxy.command;

import org.jspecify.annotations.NullMarked;
