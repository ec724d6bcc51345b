@NullMarked
package dev.bauta.rulefile;

import org.jspecify.annotations.NullMarked;
