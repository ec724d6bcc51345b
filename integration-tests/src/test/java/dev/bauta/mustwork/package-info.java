/** What must work: benign statements that answer through Bauta as PostgreSQL answers them. */
@NullMarked
package dev.bauta.mustwork;

import org.jspecify.annotations.NullMarked;
