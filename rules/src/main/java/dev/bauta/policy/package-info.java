/**
 * Rules applied to a catalog snapshot: which relation is masked how, for whom, and which names matter.
 */
@NullMarked
package dev.bauta.policy;

import org.jspecify.annotations.NullMarked;
