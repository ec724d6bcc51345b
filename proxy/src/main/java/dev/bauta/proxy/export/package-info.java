/** Masking views as plain SQL, for those who cannot run a proxy. */
@NullMarked
package dev.bauta.proxy.export;

import org.jspecify.annotations.NullMarked;
