/**
 * Files that are read again when they change: certificates, keys, users.
 */
@NullMarked
package dev.bauta.proxy.files;

import org.jspecify.annotations.NullMarked;
