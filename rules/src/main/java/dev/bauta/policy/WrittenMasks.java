package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.SqlNames;
import dev.bauta.catalog.UnsafeName;
import dev.bauta.mask.Row;
import dev.bauta.policy.Protection.MaskedColumn;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether masks that a DBA has written in SQL can be used: by the functions that they call, and by what the server said when it was
 * asked. Used once and thrown away.
 */
final class WrittenMasks {
    private static final String BUILT_IN = "pg_catalog";
    /** Harmless to clients, whom the gate keeps from secret settings; a mask would show them. */
    private static final Set<String> SETTINGS = Set.of("current_setting", "set_config");

    /** A client can set the seed of random numbers, or find it from those that it draws itself, and the next number of a sequence. */
    private static final Set<String> FORESEEABLE = Set.of(
            "random",
            "random_normal",
            "array_sample",
            "array_shuffle",
            "setseed",
            "nextval",
            "currval",
            "lastval",
            "setval");

    private static final String OPEN_NAMES =
            "sets no search_path, so that a client's decides what the names in it mean";

    private final CatalogSnapshot catalog;
    private final Set<String> trials = new HashSet<>();

    WrittenMasks(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    /** Why a bound mask cannot be used for a relation's column; empty when it can, and when the server was not asked yet. */
    Optional<String> findFault(Relation relation, MaskedColumn protection) {
        if (!protection.mask().mayFail()) {
            return Optional.empty();
        }
        for (QualifiedName function : new TreeSet<>(protection.mask().functions())) {
            Optional<String> fault = findFault(function);
            if (fault.isPresent()) {
                return fault.map(reason -> "it calls " + function + ", which " + reason);
            }
        }
        Set<QualifiedName> callers = new TreeSet<>(protection.mask().callers());
        callers.add(protection.column().type().name());
        for (QualifiedName caller : callers) {
            Optional<QualifiedName> open = findOpenCall(caller);
            if (open.isPresent()) {
                return Optional.of("it uses " + caller + ", which calls " + open.get() + ", which " + OPEN_NAMES);
            }
        }
        String trial = trial(relation, protection);
        trials.add(trial);
        return Optional.ofNullable(catalog.trial(trial))
                .filter(message -> !message.isEmpty())
                .map(message -> "PostgreSQL says: " + message);
    }

    private Optional<String> findFault(QualifiedName function) {
        if (catalog.functionKinds().manyRows().contains(function)) {
            return Optional.of("is more than a computation over one row");
        }
        if (catalog.functionKinds().openNames().contains(function)) {
            return Optional.of(OPEN_NAMES);
        }
        if (!function.schema().equals(BUILT_IN)) {
            return Optional.empty();
        }
        if (SETTINGS.contains(function.name())) {
            return Optional.of("reads or sets settings");
        }
        if (FORESEEABLE.contains(function.name())) {
            return Optional.of("goes by numbers that a client can foresee; take the mask noise, or gen_random_uuid()");
        }
        return catalog.unsafeNames().stream()
                .filter(unsafe -> unsafe.kind() == UnsafeName.Kind.FUNCTION
                        && unsafe.calls().isEmpty()
                        && unsafe.name().equals(function))
                .map(UnsafeName::because)
                .findFirst();
    }

    /** A function behind an operator or type in which names mean what its caller's search_path says. */
    private Optional<QualifiedName> findOpenCall(QualifiedName caller) {
        return catalog.unsafeNames().stream()
                .filter(unsafe -> unsafe.kind() != UnsafeName.Kind.FUNCTION
                        && unsafe.name().equals(caller))
                .flatMap(unsafe -> unsafe.calls().stream())
                .filter(catalog.functionKinds().openNames()::contains)
                .sorted()
                .findFirst();
    }

    /** A query over a row of NULLs of the relation's types, which needs no privilege on the relation. */
    private static String trial(Relation relation, MaskedColumn protection) {
        String row = relation.columns().stream()
                .map(column -> "NULL::" + column.type().sql() + " AS " + SqlNames.quote(column.name()))
                .collect(Collectors.joining(", "));
        Column column = protection.column();
        return "SELECT " + protection.mask().sql(Row.reference(column), column.type()) + " FROM (SELECT " + row
                + ") AS " + Row.ALIAS;
    }

    /** The queries that the server should be asked about. */
    Set<String> trials() {
        return trials;
    }
}
