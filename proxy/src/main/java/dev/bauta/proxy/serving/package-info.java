/**
 * A proxy as it runs: rules that follow their file, catalogs that follow the schema, and the server that listens.
 */
@NullMarked
package dev.bauta.proxy.serving;

import org.jspecify.annotations.NullMarked;
