package dev.bauta.rewrite;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.policy.Policy;
import dev.bauta.policy.SearchPath;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import java.util.List;
import java.util.Optional;

/**
 * Finds which relation a name in a statement means. The answer need not be trusted to be the server's: the rewritten text
 * names the relation that was found here with its schema, so the server cannot find another one.
 */
final class RelationResolver {
    private final Policy policy;
    private final SearchPath searchPath;

    RelationResolver(Policy policy, SearchPath searchPath) {
        this.policy = policy;
        this.searchPath = searchPath;
    }

    /**
     * Resolves a name.
     *
     * @param parts one to three parts
     * @param token where it stands, for the refusal
     * @return empty when no relation of that name matters, whatever schema it is in
     */
    Optional<Relation> resolve(List<String> parts, int token) throws RefusedException {
        String name = parts.get(parts.size() - 1);
        if (!policy.names().isRelation(name)) {
            return Optional.empty();
        }
        if (parts.size() == 1) {
            return Optional.of(unqualified(name, token));
        }
        String schema = parts.get(parts.size() - 2);
        if (schema.startsWith("pg_temp")) {
            return Optional.empty();
        }
        Relation relation = policy.findRelation(new QualifiedName(schema, name));
        if (relation == null) {
            throw undefined(schema + "." + name, token);
        }
        return Optional.of(relation);
    }

    private Relation unqualified(String name, int token) throws RefusedException {
        if (searchPath instanceof SearchPath.Known known) {
            return known.find(policy.catalog(), name).orElseThrow(() -> undefined(name, token));
        }
        List<Relation> candidates = policy.catalog().relationsNamed(name);
        if (candidates.size() != 1) {
            throw new RefusedException(
                    RefusalCode.AMBIGUOUS_NAME,
                    "\"" + name
                            + "\" exists in several schemas and the search_path was changed in a way that cannot be followed",
                    "Write the schema before the name.",
                    token);
        }
        return candidates.get(0);
    }

    private static RefusedException undefined(String name, int token) {
        return new RefusedException(
                RefusalCode.UNDEFINED_RELATION,
                "relation \"" + name + "\" does not exist",
                "If it was created a moment ago, try again.",
                token);
    }
}
