/** Rules that stand elsewhere, in our words: ShardingSphere's mask rules, PostgreSQL Anonymizer's labels, comments on columns. */
@NullMarked
package dev.bauta.proxy.translation;

import org.jspecify.annotations.NullMarked;
