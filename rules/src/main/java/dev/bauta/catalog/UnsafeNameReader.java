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
 * Finds what a statement must not name: unsafe functions, and the operators, types, operator classes and built-in functions whose use calls
 * one. Not thread-safe.
 */
final class UnsafeNameReader {
    /** With what the server puts in their place: for {@code NOT a = b} the negator, for {@code a = b} the commutator with {@code b} and {@code a}. */
    private static final String OPERATORS =
            """
            SELECT o.oid, s.nspname, o.oprname, f.oid
            FROM pg_catalog.pg_operator o
            JOIN pg_catalog.pg_namespace s ON s.oid = o.oprnamespace
            LEFT JOIN pg_catalog.pg_operator n ON n.oid = o.oprnegate
            LEFT JOIN pg_catalog.pg_operator c ON c.oid = o.oprcom
            LEFT JOIN pg_catalog.pg_operator nc ON nc.oid = n.oprcom
            CROSS JOIN LATERAL (VALUES (o.oprcode::pg_catalog.oid), (n.oprcode), (c.oprcode), (nc.oprcode)) AS f (oid)
            WHERE f.oid = o.oprcode OR f.oid >= 16384
            """;

    private static final Comparator<UnsafeName> ORDER =
            Comparator.comparing(UnsafeName::kind).thenComparing(UnsafeName::name);

    private final CatalogTransaction transaction;
    private final TypeReader types;
    private final Map<Integer, UnsafeFunction> functions;
    /** Those that are unsafe behind an operator, a cast or a type, too. */
    private final Map<Integer, QualifiedName> callable = new HashMap<>();

    private final CastingBuiltins casting;
    private final Map<Integer, Set<QualifiedName>> operators = new HashMap<>();
    private final Map<Kind, Map<QualifiedName, UnsafeName>> names = new TreeMap<>();

    UnsafeNameReader(CatalogTransaction transaction, TypeReader types, ReviewedNames reviewed) throws SQLException {
        this.transaction = transaction;
        this.types = types;
        this.functions = new FunctionReader(reviewed, types).read(transaction);
        functions.forEach((oid, function) -> {
            if (!function.computes()) {
                callable.put(oid, function.name());
            }
        });
        this.casting = CastingBuiltins.read(transaction, callable);
    }

    UnsafeNames read() throws SQLException {
        functions.values().forEach(this::addFunction);
        addCasting(casting.functions(), Attribute.OF_ROW);
        addCasting(casting.words(), Attribute.NEVER);
        readOperators();
        OperatorClassReader classes = OperatorClassReader.read(transaction, callable);
        classes.classes().forEach((name, calls) -> add(caller(Kind.OPERATOR_CLASS, name, Attribute.NEVER, calls, 0)));
        Map<Integer, Set<QualifiedName>> calls =
                new TypeCallReader(transaction, types, callable, operators, classes.types()).read();
        for (Map.Entry<Integer, Set<QualifiedName>> type : calls.entrySet()) {
            QualifiedName name = types.type(type.getKey()).name();
            add(caller(Kind.TYPE, name, Attribute.NEVER, type.getValue(), type.getKey()));
        }
        CopiedCallReader.read(
                        transaction,
                        this::calls,
                        operator -> operators.getOrDefault(operator, Set.of()),
                        type -> calls.getOrDefault(type, Set.of()))
                .forEach((name, functions) -> add(caller(Kind.COPY, name, Attribute.NEVER, functions, 0)));
        Map<Integer, Set<QualifiedName>> called = new HashMap<>(casting.byOid());
        functions.forEach((oid, function) -> called.put(oid, Set.of(function.name())));
        return new UnsafeNames(sorted(), called, operators, calls);
    }

    /** One that is unsafe by itself stays so, whatever casts a DBA allows. */
    private void addCasting(Map<String, Set<QualifiedName>> builtins, Attribute attribute) {
        Map<QualifiedName, UnsafeName> known = names.getOrDefault(Kind.FUNCTION, Map.of());
        builtins.forEach((builtin, calls) -> {
            QualifiedName name = new QualifiedName("pg_catalog", builtin);
            if (!known.containsKey(name)) {
                add(caller(Kind.FUNCTION, name, attribute, calls, 0));
            }
        });
    }

    private void addFunction(UnsafeFunction function) {
        add(new UnsafeName(
                Kind.FUNCTION, function.name(), function.attribute(), function.because(), function.extension()));
    }

    private void readOperators() throws SQLException {
        transaction.query(OPERATORS, row -> {
            Set<QualifiedName> calls = calls(oid(row, 4));
            if (!calls.isEmpty()) {
                operators.computeIfAbsent(oid(row, 1), o -> new HashSet<>()).addAll(calls);
                QualifiedName name = new QualifiedName(row.getString(2), row.getString(3));
                add(caller(Kind.OPERATOR, name, Attribute.NEVER, calls, 0));
            }
        });
    }

    private Set<QualifiedName> calls(int function) {
        QualifiedName unsafe = callable.get(function);
        return unsafe != null ? Set.of(unsafe) : casting.byOid().getOrDefault(function, Set.of());
    }

    private UnsafeName caller(Kind kind, QualifiedName name, Attribute attribute, Set<QualifiedName> calls, int type) {
        String because = "calls "
                + new TreeSet<>(calls).stream().map(QualifiedName::toString).collect(Collectors.joining(", "));
        return new UnsafeName(kind, name, attribute, because, commonExtension(calls), calls, type);
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
