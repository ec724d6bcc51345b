@NullMarked
package dev.bauta.proxy.demo;

import org.jspecify.annotations.NullMarked;
