/**
 * Catalog snapshots of the databases behind the proxy, kept up to date, and sessions over them.
 */
@NullMarked
package dev.bauta.proxy.catalog;

import org.jspecify.annotations.NullMarked;
