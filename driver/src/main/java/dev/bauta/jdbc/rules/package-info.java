/** Where the driver's rules come from: a file, the class path or a web server; and how they are kept fresh. */
@NullMarked
package dev.bauta.jdbc.rules;

import org.jspecify.annotations.NullMarked;
