/** What the database itself says of columns: comments, and labels of PostgreSQL Anonymizer. */
@NullMarked
package dev.bauta.annotation;

import org.jspecify.annotations.NullMarked;
