@NullMarked
package dev.bauta;

import org.jspecify.annotations.NullMarked;
