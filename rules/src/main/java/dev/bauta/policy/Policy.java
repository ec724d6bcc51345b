package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.rulefile.StatementKind;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule set applied to a catalog snapshot, as one role or several roles see it: what is protected how, and which names in a
 * statement matter. Immutable and thread-safe; {@link RolePolicies} has the policy of each role.
 */
public final class Policy {
    private final RuleSet rules;
    private final CatalogSnapshot catalog;
    private final Map<Integer, Protection> protections;
    private final WriteProbes probes;
    private final MaskInputs inputs;
    private final Set<Integer> withheld;
    private final String withheldDefinitions;
    private final SensitiveNames names;
    private final Set<StatementKind> deniedStatements;
    private final Set<String> trials;
    private final boolean mayFailOnValues;

    private Policy(
            RuleSet rules,
            CatalogSnapshot catalog,
            Map<Integer, Protection> protections,
            WriteProbes probes,
            MaskInputs inputs,
            WithheldRelations withheld,
            SensitiveNames names,
            Set<StatementKind> deniedStatements,
            Set<String> trials) {
        this.trials = Set.copyOf(trials);
        this.mayFailOnValues =
                withheld.mayFail() || protections.values().stream().anyMatch(Policy::mayFail);
        this.deniedStatements = Set.copyOf(deniedStatements);
        this.rules = rules;
        this.catalog = catalog;
        this.protections = Map.copyOf(protections);
        this.probes = probes;
        this.inputs = inputs;
        this.withheld = withheld.relations().stream().map(Relation::oid).collect(Collectors.toUnmodifiableSet());
        this.withheldDefinitions = withheld.oids();
        this.names = names;
    }

    /**
     * Applies rules to what the catalogs say.
     *
     * @param own the rules that a role has for itself, which come before those for everybody
     */
    static Policy compile(RuleSet rules, DataRules own, CatalogSnapshot catalog) {
        ProtectionCompiler compiler = new ProtectionCompiler(rules, own, catalog);
        Map<Integer, Protection> protections = compiler.compile();
        WithheldRelations withheld = compiler.withheld();
        WriteProbes probes = compiler.probes();
        MaskInputs inputs = MaskInputs.find(catalog, protections);
        Set<Integer> probed = new HashSet<>(probes.relations());
        probed.addAll(inputs.relations());
        return new Policy(
                rules,
                catalog,
                protections,
                probes,
                inputs,
                withheld,
                SensitiveNames.of(rules, catalog, protections, probed, withheld),
                own.before(rules.data()).deniedStatements(),
                compiler.trials());
    }

    /** The rules. */
    public RuleSet rules() {
        return rules;
    }

    /** The catalog snapshot. */
    public CatalogSnapshot catalog() {
        return catalog;
    }

    /** The names that matter to the gate. */
    public SensitiveNames names() {
        return names;
    }

    /** The kinds of statements that are not allowed. */
    public Set<StatementKind> deniedStatements() {
        return deniedStatements;
    }

    /** How a relation of the snapshot is protected. */
    public Protection protection(Relation relation) {
        return protections.getOrDefault(relation.oid(), Protection.Clear.CLEAR);
    }

    /** What the outcome of a write to a relation can tell of protected values; empty for nearly all. */
    public Set<WriteProbe> writeProbes(Relation relation) {
        Set<WriteProbe> all = new HashSet<>(probes.of(relation.oid()));
        if (relation.columns().stream().anyMatch(column -> isReadByMask(relation, column))) {
            all.add(WriteProbe.MASKED_BY);
        }
        return Set.copyOf(all);
    }

    /** True for a column that a mask reads beside its own. */
    public boolean isReadByMask(Relation relation, Column column) {
        return inputs.isRead(new ColumnOrigin(relation.oid(), column.number()));
    }

    /** True for a protected column whose mask tells of other values to those who know the value. */
    public boolean tellsByExample(Relation relation, Column column) {
        return inputs.isTelling(new ColumnOrigin(relation.oid(), column.number()));
    }

    /** Numbers of the columns by which protected columns and tables with hidden rows refer to a relation. */
    public Set<Integer> referredColumns(Relation relation) {
        return probes.referredColumns(relation.oid());
    }

    /** The queries by which the server can say whether masks that were written in SQL fit; what it says stands in the snapshot. */
    public Set<String> trials() {
        return trials;
    }

    /** True when what stands behind queries, from the rules or in the database, can raise errors on values, whose words then hold them. */
    public boolean mayFailOnValues() {
        return mayFailOnValues;
    }

    private static boolean mayFail(Protection protection) {
        return protection instanceof Protection.Masked masked
                && (masked.isFiltered()
                        || masked.columns().values().stream()
                                .anyMatch(column -> column.mask().mayFail()));
    }

    /** The oids of the relations whose definitions can hold values of protected columns, as an SQL constant. */
    public String withheldDefinitions() {
        return withheldDefinitions;
    }

    /**
     * An SQL condition: comments on an object are withheld.
     *
     * @param object an SQL expression for its oid
     */
    public String withholdsComments(String object) {
        return Definitions.isAbout(object, withheldDefinitions);
    }

    /** True for a relation whose definitions can hold values of protected columns. */
    public boolean withholdsDefinitions(Relation relation) {
        return withheld.contains(relation.oid());
    }

    /** The relation of that name, if the snapshot has it. */
    public @Nullable Relation findRelation(QualifiedName name) {
        return catalog.findRelation(name).orElse(null);
    }

    @Override
    public String toString() {
        return "Policy[rules " + rules.version() + ", " + catalog + "]";
    }
}
