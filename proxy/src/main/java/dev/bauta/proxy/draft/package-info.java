/** Rule files written by Bauta, for people to look through and to keep. */
@NullMarked
package dev.bauta.proxy.draft;

import org.jspecify.annotations.NullMarked;
