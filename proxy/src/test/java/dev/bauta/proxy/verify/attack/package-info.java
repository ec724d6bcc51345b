@NullMarked
package dev.bauta.proxy.verify.attack;

import org.jspecify.annotations.NullMarked;
