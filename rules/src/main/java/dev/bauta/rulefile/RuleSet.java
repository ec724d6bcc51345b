package dev.bauta.rulefile;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.mask.KeyRing;
import java.util.List;

/**
 * A rule file that was read without a problem. Immutable.
 *
 * @param version changes whenever the file's content does; shown in audit and logs
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
    }
}
