/**
 * YAML files that people write: read into nodes that know their places, checked key by key, every problem reported with file, line
 * and column, all at once. What the keys mean is for who reads them.
 */
@NullMarked
package dev.bauta.yaml;

import org.jspecify.annotations.NullMarked;
