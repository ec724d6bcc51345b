package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.CatalogSnapshot.ForeignKey;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the tables whose foreign-key checks tell a writer whether a protected value exists. */
final class ForeignKeyProbes {
    private ForeignKeyProbes() {}

    static Set<Integer> find(CatalogSnapshot catalog, Map<Integer, Protection> protections) {
        return catalog.foreignKeys().stream()
                .filter(key -> refersToProtected(key, protections.get(key.referenced())))
                .map(ForeignKey::relation)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean refersToProtected(ForeignKey key, @Nullable Protection protection) {
        if (protection instanceof Protection.Masked masked) {
            return masked.isFiltered() || key.referencedColumns().stream().anyMatch(masked.columns()::containsKey);
        }
        return protection instanceof Protection.Refused;
    }
}
