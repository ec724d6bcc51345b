@NullMarked
package dev.bauta.proxy.serving;

import org.jspecify.annotations.NullMarked;
