package dev.bauta.catalog;

import static dev.bauta.catalog.CatalogTransaction.oid;

import dev.bauta.catalog.FunctionReader.UnsafeFunction;
import dev.bauta.catalog.UnsafeName.Attribute;
import dev.bauta.catalog.UnsafeName.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a statement must not name: unsafe functions, and the operators and types whose use calls one. Not
 * thread-safe.
 */
final class UnsafeNameReader {
    private static final String OPERATORS =
            """
            SELECT o.oid, n.nspname, o.oprname, o.oprcode::pg_catalog.oid
            FROM pg_catalog.pg_operator o
            JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
            """;

    private static final Comparator<UnsafeName> ORDER =
            Comparator.comparing(UnsafeName::kind).thenComparing(UnsafeName::name);

    private final CatalogTransaction transaction;
    private final TypeReader types;
    private final Map<Integer, UnsafeFunction> functions;
    private final Map<Integer, UnsafeFunction> operators = new HashMap<>();
    private final Map<Kind, Map<QualifiedName, UnsafeName>> names = new TreeMap<>();

    UnsafeNameReader(CatalogTransaction transaction, TypeReader types, ReviewedNames reviewed) throws SQLException {
        this.transaction = transaction;
        this.types = types;
        this.functions = new FunctionReader(reviewed, types).read(transaction);
    }

    UnsafeNames read() throws SQLException {
        functions.values().forEach(this::addFunction);
        readOperators();
        Map<Integer, Set<QualifiedName>> calls = new TypeCallReader(transaction, types, functions, operators).read();
        for (Map.Entry<Integer, Set<QualifiedName>> type : calls.entrySet()) {
            add(caller(Kind.TYPE, types.type(type.getKey()).name(), type.getValue(), type.getKey()));
        }
        return new UnsafeNames(sorted(), names(functions), names(operators), calls);
    }

    private static Map<Integer, Set<QualifiedName>> names(Map<Integer, UnsafeFunction> callers) {
        Map<Integer, Set<QualifiedName>> called = new HashMap<>();
        callers.forEach((oid, function) -> called.put(oid, Set.of(function.name())));
        return called;
    }

    private void addFunction(UnsafeFunction function) {
        add(new UnsafeName(
                Kind.FUNCTION, function.name(), function.attribute(), function.because(), function.extension()));
    }

    private void readOperators() throws SQLException {
        transaction.query(OPERATORS, row -> {
            UnsafeFunction function = functions.get(oid(row, 4));
            if (function != null && !function.computes()) {
                operators.put(oid(row, 1), function);
                QualifiedName name = new QualifiedName(row.getString(2), row.getString(3));
                add(caller(Kind.OPERATOR, name, Set.of(function.name()), 0));
            }
        });
    }

    private UnsafeName caller(Kind kind, QualifiedName name, Set<QualifiedName> calls, int type) {
        String because = "calls "
                + new TreeSet<>(calls).stream().map(QualifiedName::toString).collect(Collectors.joining(", "));
        return new UnsafeName(kind, name, Attribute.NEVER, because, commonExtension(calls), calls, type);
    }

    private @Nullable String commonExtension(Set<QualifiedName> calls) {
        Map<QualifiedName, UnsafeName> known = names.getOrDefault(Kind.FUNCTION, Map.of());
        Set<String> extensions = new HashSet<>();
        for (QualifiedName call : calls) {
            UnsafeName function = known.get(call);
            if (function == null || function.extension() == null) {
                return null;
            }
            extensions.add(function.extension());
        }
        return extensions.size() == 1 ? extensions.iterator().next() : null;
    }

    private void add(UnsafeName name) {
        names.computeIfAbsent(name.kind(), k -> new HashMap<>()).merge(name.name(), name, UnsafeNameReader::merge);
    }

    /** Overloads share an entry; one that no extension owns tells the reason. */
    private static UnsafeName merge(UnsafeName one, UnsafeName other) {
        boolean oneTells = one.extension() == null
                || other.extension() != null && one.extension().compareTo(other.extension()) <= 0;
        UnsafeName teller = oneTells ? one : other;
        Set<QualifiedName> calls = new HashSet<>(one.calls());
        calls.addAll(other.calls());
        return new UnsafeName(
                one.kind(),
                one.name(),
                one.attribute().compareTo(other.attribute()) >= 0 ? one.attribute() : other.attribute(),
                teller.because(),
                teller.extension(),
                calls,
                one.type());
    }

    private List<UnsafeName> sorted() {
        List<UnsafeName> all = new ArrayList<>();
        names.values().forEach(byName -> all.addAll(byName.values()));
        all.sort(ORDER);
        return all;
    }
}
