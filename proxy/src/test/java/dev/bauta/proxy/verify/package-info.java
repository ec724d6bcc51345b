@NullMarked
package dev.bauta.proxy.verify;

import org.jspecify.annotations.NullMarked;
