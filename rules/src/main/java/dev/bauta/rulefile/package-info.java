/**
 * The DBA's rule file: YAML to a validated, immutable rule set, every problem reported with its position.
 */
@NullMarked
package dev.bauta.rulefile;

import org.jspecify.annotations.NullMarked;
