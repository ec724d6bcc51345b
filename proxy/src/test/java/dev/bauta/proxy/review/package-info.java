@NullMarked
package dev.bauta.proxy.review;

import org.jspecify.annotations.NullMarked;
