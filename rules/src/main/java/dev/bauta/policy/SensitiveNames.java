package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.UnsafeName;
import dev.bauta.catalog.ViewLineage;
import dev.bauta.rulefile.RuleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names by which a statement could reach something protected. A statement in which none of these stands cannot. Immutable
 * and thread-safe.
 */
public final class SensitiveNames {
    /** Harmless by their names, but not with every argument. */
    private static final Set<String> SETTING_FUNCTIONS = Set.of("current_setting", "set_config");
    /** {@code TREAT(value AS name)} calls the built-in function of that name. */
    private static final String TREAT = "treat";
    /** The key words with which the names of PostgreSQL's own types can begin, beside their names in the catalogs. */
    private static final Map<String, List<String>> TYPE_WORDS = Map.ofEntries(
            Map.entry("bool", List.of("boolean")),
            Map.entry("bpchar", List.of("char", "character", "nchar", "national")),
            Map.entry("float4", List.of("real", "float")),
            Map.entry("float8", List.of("double", "float")),
            Map.entry("int2", List.of("smallint")),
            Map.entry("int4", List.of("int", "integer")),
            Map.entry("int8", List.of("bigint")),
            Map.entry("numeric", List.of("dec", "decimal")),
            Map.entry("timestamptz", List.of("timestamp")),
            Map.entry("timetz", List.of("time")),
            Map.entry("varbit", List.of("bit")),
            Map.entry("varchar", List.of("char", "character", "nchar", "national")));

    private final Set<String> relations;
    private final boolean withholdsDefinitions;
    private final Set<String> tellingViews;
    private final boolean tablesTell;
    private final Map<String, List<UnsafeName>> functions;
    private final Map<String, List<UnsafeName>> operators;
    private final Map<String, List<UnsafeName>> types;
    private final Map<String, List<UnsafeName>> operatorClasses;
    private final Map<String, List<UnsafeName>> copies;
    private final Map<Integer, UnsafeName> parameterTypes = new HashMap<>();
    private final Set<QualifiedName> system;
    private final Set<String> all;

    private SensitiveNames(
            Set<String> relations,
            Set<QualifiedName> system,
            Iterable<UnsafeName> unsafe,
            WithheldRelations withheld,
            boolean tablesTell) {
        this.system = Set.copyOf(system);
        this.tablesTell = tablesTell;
        this.withholdsDefinitions = !withheld.relations().isEmpty();
        this.tellingViews = Stream.of(withheld.tellingViews(), withheld.policed())
                .flatMap(List::stream)
                .map(relation -> relation.name().name())
                .collect(Collectors.toUnmodifiableSet());
        this.relations = Set.copyOf(relations);
        this.functions = byName(UnsafeName.Kind.FUNCTION, unsafe);
        this.operators = byName(UnsafeName.Kind.OPERATOR, unsafe);
        this.types = byName(UnsafeName.Kind.TYPE, unsafe);
        this.operatorClasses = byName(UnsafeName.Kind.OPERATOR_CLASS, unsafe);
        this.copies = byName(UnsafeName.Kind.COPY, unsafe);
        this.types.values().forEach(named -> named.forEach(type -> parameterTypes.put(type.type(), type)));
        this.all = new HashSet<>(relations);
        all.addAll(functions.keySet());
        all.addAll(types.keySet());
        all.addAll(SETTING_FUNCTIONS);
        all.add(TREAT);
        if (withholdsDefinitions) {
            all.addAll(ViewLineage.DEFINITION_FUNCTIONS);
        }
    }

    static SensitiveNames of(
            RuleSet rules,
            CatalogSnapshot catalog,
            Map<Integer, Protection> protections,
            Set<Integer> probing,
            WithheldRelations withheld) {
        Set<String> relations = new HashSet<>();
        Set<QualifiedName> system = new HashSet<>();
        for (Relation relation : catalog.relations()) {
            if (SystemCatalogs.isSystemSchema(relation.name().schema())) {
                system.add(relation.name());
            }
            if (protections.containsKey(relation.oid()) || probing.contains(relation.oid())) {
                relations.add(relation.name().name());
            }
        }
        List<UnsafeName> unsafe = new ArrayList<>();
        for (UnsafeName name : catalog.unsafeNames()) {
            if (!isAllowed(rules, name)) {
                unsafe.add(name);
            }
        }
        boolean tablesTell = protections.values().stream()
                .anyMatch(protection ->
                        protection instanceof Protection.Masked masked && (masked.planTells() || masked.writable()));
        return new SensitiveNames(relations, system, unsafe, withheld, tablesTell);
    }

    /** A function that the DBA allows, or what has only such functions behind it. */
    private static boolean isAllowed(RuleSet rules, UnsafeName name) {
        if (name.calls().isEmpty()) {
            return name.kind() == UnsafeName.Kind.FUNCTION && isAllowed(rules, name.name());
        }
        return name.calls().stream().allMatch(function -> isAllowed(rules, function));
    }

    private static boolean isAllowed(RuleSet rules, QualifiedName function) {
        return rules.allowedFunctions().stream().anyMatch(allowed -> allowed.matches(function));
    }

    private static Map<String, List<UnsafeName>> byName(UnsafeName.Kind kind, Iterable<UnsafeName> unsafe) {
        Map<String, List<UnsafeName>> byName = new HashMap<>();
        for (UnsafeName name : unsafe) {
            if (name.kind() == kind) {
                for (String spelling : spellings(name)) {
                    byName.computeIfAbsent(spelling, n -> new ArrayList<>()).add(name);
                }
            }
        }
        return Map.copyOf(byName);
    }

    /** The names that an object has in a statement: PostgreSQL's own types have key words beside theirs. */
    private static List<String> spellings(UnsafeName name) {
        List<String> spellings = new ArrayList<>(List.of(name.name().name()));
        if (name.kind() == UnsafeName.Kind.TYPE && name.name().schema().equals("pg_catalog")) {
            spellings.addAll(TYPE_WORDS.getOrDefault(name.name().name(), List.of()));
        }
        return spellings;
    }

    /** False for a name that says nothing, whatever it names: the quick answer for nearly every name there is. */
    public boolean matter(String name) {
        return all.contains(name);
    }

    /** True when a protected relation, in whatever schema, or one that must not be written freely has this name. */
    public boolean isRelation(String name) {
        return relations.contains(name);
    }

    /** True for a relation of {@code pg_catalog} or {@code information_schema}. */
    public boolean isSystemRelation(String schema, String name) {
        return SystemCatalogs.isSystemSchema(schema) && system.contains(new QualifiedName(schema, name));
    }

    /** True for a built-in function that reads or changes the setting that its argument names. */
    public boolean isSettingFunction(String name) {
        return SETTING_FUNCTIONS.contains(name);
    }

    /** True for a built-in function that shows definitions, where some of them have to be withheld. */
    public boolean isDefinitionFunction(String name) {
        return withholdsDefinitions && ViewLineage.DEFINITION_FUNCTIONS.contains(name);
    }

    /** True for a view, or a table with row security, whose plan shows conditions that can hold values of protected columns. */
    public boolean isTellingView(String name) {
        return tellingViews.contains(name);
    }

    /** True when there is something whose plan tells of protected values: a {@link #isTellingView telling view}, or a table of which plans tell. */
    public boolean plansTell() {
        return !tellingViews.isEmpty() || tablesTell;
    }

    /** The unsafe functions of this name, in all schemas. */
    public List<UnsafeName> functions(String name) {
        return functions.getOrDefault(name, List.of());
    }

    /** True when there is an unsafe operator at all. */
    public boolean hasOperators() {
        return !operators.isEmpty();
    }

    /** The unsafe operators with this symbol. */
    public List<UnsafeName> operators(String symbol) {
        return operators.getOrDefault(symbol, List.of());
    }

    /** The unsafe types and domains of this name. */
    public List<UnsafeName> types(String name) {
        return types.getOrDefault(name, List.of());
    }

    /** The unsafe operator classes of this name. */
    public List<UnsafeName> operatorClasses(String name) {
        return operatorClasses.getOrDefault(name, List.of());
    }

    /** The tables of this name whose definitions must not be copied, as they call unsafe functions. */
    public List<UnsafeName> copies(String table) {
        return copies.getOrDefault(table, List.of());
    }

    /**
     * The unsafe type that a parameter would be of.
     *
     * @param type {@code pg_type.oid}
     * @return null for a type that is none. One of PostgreSQL's own is unsafe only where a value is cast to it, which no parameter is
     */
    public @Nullable UnsafeName parameterType(int type) {
        return Integer.compareUnsigned(type, CatalogSnapshot.FIRST_NORMAL_OID) < 0 ? null : parameterTypes.get(type);
    }
}
