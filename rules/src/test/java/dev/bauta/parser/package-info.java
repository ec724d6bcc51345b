/** Tests of the parser. */
@NullMarked
package dev.bauta.parser;

import org.jspecify.annotations.NullMarked;
