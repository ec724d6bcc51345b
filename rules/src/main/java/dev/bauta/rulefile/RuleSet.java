package dev.bauta.rulefile;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.mask.KeyRing;
import java.util.List;

/**
 * A rule file that was read without a problem. Immutable.
 *
 * @param version the start of the SHA-256 of the file's text, so that it changes whenever the text does, and not with the
 *     key that the file refers to; shown in audit and logs
 * @param roles first match by database user wins; a user whom none matches is masked
 * @param columns first match wins; a column that none matches is clear
 * @param allowedFunctions functions that the DBA vouches for, as schema and name patterns
 * @param keys the key material of keyed masks
 */
public record RuleSet(
        String version,
        List<RoleRule> roles,
        List<ColumnRule> columns,
        List<FunctionPattern> allowedFunctions,
        KeyRing keys) {
    public RuleSet {
        roles = List.copyOf(roles);
        columns = List.copyOf(columns);
        allowedFunctions = List.copyOf(allowedFunctions);
    }

    /** Counts only: the masks' parameters may tell about the data. */
    @Override
    public String toString() {
        return "RuleSet[%s, %d roles, %d column rules]".formatted(version, roles.size(), columns.size());
    }

    /**
     * Functions the DBA allows in masked sessions. Immutable.
     *
     * @param schema pattern over the schema
     * @param function pattern over the name
     */
    public record FunctionPattern(NamePattern schema, NamePattern function) {
        /** True when it covers this function. */
        public boolean matches(QualifiedName name) {
            return schema.matches(name.schema()) && function.matches(name.name());
        }

        /** True when it covers every function that the other does. */
        boolean covers(FunctionPattern other) {
            return schema.covers(other.schema) && function.covers(other.function);
        }

        boolean isExact() {
            return schema.isExact() && function.isExact();
        }

        @Override
        public String toString() {
            return schema.inPath() + "." + function.inPath();
        }
    }
}
