package dev.bauta.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the server's catalogs said at one moment. Immutable and thread-safe. */
public final class CatalogSnapshot {
    private final String fingerprint;
    private final int serverVersion;
    private final Map<Integer, Relation> relations = new HashMap<>();
    private final Map<QualifiedName, Relation> byName = new HashMap<>();
    private final Map<String, List<Relation>> bySimpleName = new HashMap<>();
    private final Map<Integer, ViewLineage> views;
    private final List<UnsafeName> unsafeNames;
    private final Set<ForeignKey> foreignKeys;
    private final Map<String, Set<String>> memberships;
    private final FunctionKinds functionKinds;
    private final Map<String, String> trials;

    /** Objects with a lower oid, read as an unsigned number, are PostgreSQL's own ({@code FirstNormalObjectId}). */
    public static final int FIRST_NORMAL_OID = 16384;

    /**
     * A foreign key, whose checks answer questions about the referenced columns to those who write the referencing table, and about
     * the referencing columns to those who write the referenced one.
     *
     * @param name the constraint's name, which several tables can have
     * @param relation oid of the referencing table
     * @param columns numbers of the referencing columns
     * @param referenced oid of the referenced table
     * @param referencedColumns numbers of the referenced columns, as many and in the same order
     * @param cascades true where the server writes the referencing table when rows of the referenced one are deleted or get other keys
     */
    public record ForeignKey(
            String name,
            int relation,
            List<Integer> columns,
            int referenced,
            List<Integer> referencedColumns,
            boolean cascades) {
        public ForeignKey {
            columns = List.copyOf(columns);
            referencedColumns = List.copyOf(referencedColumns);
        }
    }

    /**
     * @param fingerprint equal for two snapshots exactly when no DDL lies between them
     * @param serverVersion {@code server_version_num}
     * @param relations every relation outside temporary and toast schemas, system catalogs included
     * @param views lineage of every view and materialized view outside the system schemas, by oid
     * @param unsafeNames what a statement must not name, see {@link UnsafeName}
     * @param foreignKeys every foreign key
     * @param memberships by PostgreSQL role, the roles of which it is a member, directly or not; none for most
     * @param functionKinds what is to be known of functions that rules call
     */
    public CatalogSnapshot(
            String fingerprint,
            int serverVersion,
            Collection<Relation> relations,
            Map<Integer, ViewLineage> views,
            Collection<UnsafeName> unsafeNames,
            Collection<ForeignKey> foreignKeys,
            Map<String, Set<String>> memberships,
            FunctionKinds functionKinds) {
        this(
                fingerprint,
                serverVersion,
                relations,
                views,
                unsafeNames,
                foreignKeys,
                memberships,
                functionKinds,
                Map.of());
    }

    private CatalogSnapshot(
            String fingerprint,
            int serverVersion,
            Collection<Relation> relations,
            Map<Integer, ViewLineage> views,
            Collection<UnsafeName> unsafeNames,
            Collection<ForeignKey> foreignKeys,
            Map<String, Set<String>> memberships,
            FunctionKinds functionKinds,
            Map<String, String> trials) {
        this.functionKinds = functionKinds;
        this.trials = Map.copyOf(trials);
        this.fingerprint = fingerprint;
        this.serverVersion = serverVersion;
        this.views = Map.copyOf(views);
        this.unsafeNames = List.copyOf(unsafeNames);
        this.foreignKeys = Set.copyOf(foreignKeys);
        this.memberships = Map.copyOf(memberships);
        for (Relation relation : relations) {
            this.relations.put(relation.oid(), relation);
            this.byName.put(relation.name(), relation);
        }
        Map<String, List<Relation>> grouped = new HashMap<>();
        for (Relation relation : relations) {
            grouped.computeIfAbsent(relation.name().name(), n -> new ArrayList<>())
                    .add(relation);
        }
        grouped.forEach((name, list) -> bySimpleName.put(name, List.copyOf(list)));
    }

    /** Equal for two snapshots exactly when no DDL lies between them. */
    public String fingerprint() {
        return fingerprint;
    }

    /** {@code server_version_num}, such as 150018. */
    public int serverVersion() {
        return serverVersion;
    }

    /** Every relation. */
    public Collection<Relation> relations() {
        return Collections.unmodifiableCollection(relations.values());
    }

    /** The relation with that oid, or null when the snapshot does not know it. */
    public @Nullable Relation relation(int oid) {
        return relations.get(oid);
    }

    /** The relation with that name, if there is one. */
    public Optional<Relation> findRelation(QualifiedName name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The relations of that name in all schemas. */
    public List<Relation> relationsNamed(String simpleName) {
        return bySimpleName.getOrDefault(simpleName, List.of());
    }

    /** Lineage of user views and materialized views, by relation oid. */
    public Map<Integer, ViewLineage> views() {
        return views;
    }

    /** What a statement of a masked session must not name. */
    public List<UnsafeName> unsafeNames() {
        return unsafeNames;
    }

    /** Every foreign key. */
    public Set<ForeignKey> foreignKeys() {
        return foreignKeys;
    }

    /** The PostgreSQL roles of which a user is a member, directly or not; the user itself is not among them. */
    public Set<String> membershipsOf(String user) {
        return memberships.getOrDefault(user, Set.of());
    }

    /** What is to be known of functions that rules call. */
    public FunctionKinds functionKinds() {
        return functionKinds;
    }

    /**
     * The same snapshot, with what the server said to queries.
     *
     * @param faults by query, the server's message; empty where it had nothing to say against it
     */
    public CatalogSnapshot withTrials(Map<String, String> faults) {
        return new CatalogSnapshot(
                fingerprint,
                serverVersion,
                relations.values(),
                views,
                unsafeNames,
                foreignKeys,
                memberships,
                functionKinds,
                faults);
    }

    /** What the server said against a query, empty where it said nothing; null for one that it was not asked. */
    public @Nullable String trial(String query) {
        return trials.get(query);
    }

    @Override
    public String toString() {
        return "CatalogSnapshot[" + relations.size() + " relations, " + fingerprint + "]";
    }
}
