/** What object-relational mappers, query builders and command lines emit, and whether they work through Bauta. */
@NullMarked
package dev.bauta.clients;

import org.jspecify.annotations.NullMarked;
