/** A verification as text, JSON, JUnit XML and HTML. */
@NullMarked
package dev.bauta.proxy.verify.report;

import org.jspecify.annotations.NullMarked;
