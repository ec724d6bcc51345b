@NullMarked
package dev.bauta.proxy.authentication;

import org.jspecify.annotations.NullMarked;
