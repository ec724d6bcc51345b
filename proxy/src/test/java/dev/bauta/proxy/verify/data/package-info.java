@NullMarked
package dev.bauta.proxy.verify.data;

import org.jspecify.annotations.NullMarked;
