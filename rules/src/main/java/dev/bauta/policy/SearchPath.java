package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import java.util.List;
import java.util.Optional;

/** Where the server looks for unqualified names, as far as Bauta knows. */
public sealed interface SearchPath {
    /**
     * The schemas in order, implicit ones included.
     *
     * @param schemas names as in the catalogs
     */
    record Known(List<String> schemas) implements SearchPath {
        public Known {
            schemas = List.copyOf(schemas);
        }

        /** What the server finds by an unqualified name, if the snapshot has it. */
        public Optional<Relation> find(CatalogSnapshot catalog, String name) {
            for (String schema : schemas) {
                Optional<Relation> found = catalog.findRelation(new QualifiedName(schema, name));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
    }

    /** Something that may have changed it has happened. */
    record Unknown() implements SearchPath {
        /** The one instance that is needed. */
        public static final Unknown UNKNOWN = new Unknown();
    }
}
