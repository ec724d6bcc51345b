@NullMarked
package dev.bauta.proxy.audit;

import org.jspecify.annotations.NullMarked;
