package dev.bauta.proxy.discovery;

import dev.bauta.catalog.ColumnType;

/**
 * A column to look at. Immutable.
 *
 * @param name its name
 * @param type its type
 * @param comment what is written about it, empty for nothing
 */
record CandidateColumn(String name, ColumnType type, String comment) {
    TypeFamily family() {
        return TypeFamily.of(type);
    }
}
