@NullMarked
package dev.bauta.proxy.catalog;

import org.jspecify.annotations.NullMarked;
