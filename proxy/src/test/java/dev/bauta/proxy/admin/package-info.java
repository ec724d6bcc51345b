@NullMarked
package dev.bauta.proxy.admin;

import org.jspecify.annotations.NullMarked;
