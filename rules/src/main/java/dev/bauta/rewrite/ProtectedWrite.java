package dev.bauta.rewrite;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.CatalogSnapshot.ForeignKey;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.Coupling;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.RelationKind;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.ParsedQuery;
import dev.bauta.parser.ParsedQuery.ColumnReference;
import dev.bauta.parser.ParsedQuery.Kind;
import dev.bauta.parser.TableReference;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Protection.Masked;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a write to a protected table that the rules allow tells nothing of its protected values and puts no mask in their place.
 *
 * <p>The target of a write is not replaced by a masked relation: whatever the statement says of it, it says of raw values. So a
 * protected column may stand nowhere but where it is written to, no row of the target may be taken whole, and what is written comes from
 * constants, parameters and clear columns. Constraints must not answer either: a key with a protected column in it, or a check that
 * looks at a protected column beside one that is written, nor what the server does only where a value changes. Used for one statement.
 */
final class ProtectedWrite {
    private static final String ADVICE =
            "Write constants, parameters and clear columns, name protected columns only as those that are written, "
                    + "or write as a role with raw access.";

    /** What RETURNING calls the row that was there and the one that is, since PostgreSQL 18. */
    private static final Set<String> VERSIONS = Set.of("old", "new");

    private final Tokens tokens;
    private final TokenRange statement;
    private final ParsedQuery query;
    private final TableReference target;
    private final Relation relation;
    private final Set<String> hidden;

    /** Columns of the target, or of a child table of it: those that are written, and the protected ones. */
    private record Touched(Set<String> written, Set<String> hidden) {}

    ProtectedWrite(
            Tokens tokens,
            TokenRange statement,
            ParsedQuery query,
            TableReference target,
            Relation relation,
            Masked protection) {
        this.tokens = tokens;
        this.statement = statement;
        this.query = query;
        this.target = target;
        this.relation = relation;
        this.hidden = relation.columns().stream()
                .filter(column -> protection.columns().containsKey(column.number()))
                .map(Column::name)
                .collect(Collectors.toSet());
    }

    /** Refuses all but what is known to be safe. Sources are looked at by the caller. */
    void require(Policy policy) throws RefusedException {
        boolean table = relation.kind() == RelationKind.TABLE || relation.kind() == RelationKind.PARTITIONED_TABLE;
        boolean targets = query.tables().stream()
                        .filter(reference -> reference.role() == TableReference.Role.TARGET)
                        .count()
                == 1;
        boolean kind = query.kind() == Kind.INSERT || query.kind() == Kind.UPDATE || query.kind() == Kind.DELETE;
        if (!table || !targets || !kind || target.scope() != 0) {
            throw refuse(
                    "only INSERT, UPDATE and DELETE of one table are",
                    target.name().from());
        }
        boolean plain = query.scopes().size() == 1 && query.tables().size() == 1;
        if (query.kind() != Kind.INSERT && !plain) {
            throw refuse(
                    "they must not have subqueries, WITH, FROM or USING",
                    target.name().from());
        }
        requireColumns();
        Set<Integer> written = WrittenColumns.find(tokens, statement, query.kind(), target)
                .orElseThrow(() -> refuse(
                        query.kind() == Kind.INSERT
                                ? "an INSERT needs a list of columns"
                                : "each column is set as a whole",
                        target.name().from()));
        requireUnnamed(written);
        requireNoExample(policy, names(written));
        requireUncoupled(policy.catalog(), names(written));
    }

    /** A value that the writer knows, beside what the mask makes of it, must not tell others. */
    private void requireNoExample(Policy policy, Set<String> written) throws RefusedException {
        boolean tells = relation.columns().stream()
                .anyMatch(column -> written.contains(column.name()) && policy.tellsByExample(relation, column));
        if (tells) {
            throw refuse(
                    "the mask of what is written would tell of other protected values",
                    target.name().from());
        }
    }

    // ---- what is read

    private void requireColumns() throws RefusedException {
        for (ColumnReference column : query.columns()) {
            List<String> parts = column.parts();
            String last = parts.isEmpty() ? "" : parts.get(parts.size() - 1);
            boolean version = parts.stream().anyMatch(VERSIONS::contains);
            boolean whole = column.star() && (version || column.scope() == 0) || last.equals(target.correlationName());
            boolean foreign = (version || query.kind() != Kind.INSERT) && !isClear(parts, last);
            if (whole || foreign) {
                throw refuse(
                        "they may read nothing but its clear columns",
                        column.range().from());
            }
        }
        for (int i = statement.from(); i < statement.to(); i++) {
            boolean alias = tokens.isWord(i, "returning") && tokens.isWord(i + 1, "with");
            if (alias || tokens.isWord(i, "on") && tokens.isWord(i + 1, "conflict")) {
                throw refuse("ON CONFLICT and RETURNING WITH are not allowed in them", i);
            }
        }
    }

    private boolean isClear(List<String> parts, String last) {
        boolean ofTarget = parts.size() == 1
                || parts.size() == 2
                        && (parts.get(0).equals(target.correlationName()) || VERSIONS.contains(parts.get(0)));
        return ofTarget && relation.findColumn(last).isPresent() && !hidden.contains(last);
    }

    /** Nowhere but where it is written to may the name of a protected column stand. */
    private void requireUnnamed(Set<Integer> written) throws RefusedException {
        for (int i = statement.from(); i < statement.to(); i++) {
            if (!written.contains(i) && hidden.contains(String.valueOf(tokens.name(i)))) {
                throw refuse("they may read nothing but its clear columns", i);
            }
        }
    }

    // ---- what constraints would tell

    /** The columns that are written, be it by their defaults, and those that are generated from one of them. */
    private Set<String> names(Collection<Integer> written) {
        Set<String> names = written.stream()
                .map(i -> String.valueOf(tokens.name(i)))
                .collect(Collectors.toCollection(HashSet::new));
        relation.columns().stream()
                .filter(column -> query.kind() == Kind.INSERT && column.hasDefault())
                .forEach(column -> names.add(column.name()));
        return withGenerated(relation, names);
    }

    /** The names of columns, and of those that are generated from one of them: a child table can have some of its own. */
    private static Set<String> withGenerated(Relation of, Set<String> names) {
        Set<Integer> numbers = of.columns().stream()
                .filter(column -> names.contains(column.name()))
                .map(Column::number)
                .collect(Collectors.toSet());
        Set<String> all = new HashSet<>(names);
        of.columns().stream()
                .filter(column -> column.generatedFrom().stream().anyMatch(numbers::contains))
                .forEach(column -> all.add(column.name()));
        return all;
    }

    private void requireUncoupled(CatalogSnapshot catalog, Set<String> written) throws RefusedException {
        List<Relation> all = new ArrayList<>(List.of(relation));
        for (int i = 0; i < all.size(); i++) {
            for (int child : all.get(i).children()) {
                Relation known = catalog.relation(child);
                if (known == null) {
                    throw refuse(
                            "the catalogs do not know all of its child tables",
                            target.name().from());
                }
                all.add(known);
            }
        }
        for (Relation each : all) {
            Touched touched = new Touched(withGenerated(each, written), withGenerated(each, hidden));
            for (Coupling coupling : each.couplings()) {
                requireUncoupled(each, coupling, touched);
            }
            for (ForeignKey key : catalog.foreignKeys()) {
                if (key.relation() == each.oid()) {
                    requireUnchanged(names(each, key.columns()), touched);
                }
            }
        }
    }

    private static Set<String> names(Relation relation, Collection<Integer> numbers) {
        return relation.columns().stream()
                .filter(column -> numbers.contains(column.number()))
                .map(Column::name)
                .collect(Collectors.toSet());
    }

    /**
     * Where a value stays what it was, an UPDATE makes no entry in an index, does not look for the row that is referred to, and leaves the row
     * in its partition.
     */
    private void requireUnchanged(Set<String> names, Touched touched) throws RefusedException {
        boolean tells = names.stream()
                .anyMatch(name ->
                        touched.hidden().contains(name) && touched.written().contains(name));
        if (tells && query.kind() == Kind.UPDATE) {
            throw refuse(
                    "an index, a trigger, a foreign key or a partition key would tell whether a protected value changes",
                    target.name().from());
        }
    }

    private void requireUnseen(Set<String> names, Touched touched) throws RefusedException {
        if (query.kind() != Kind.INSERT && names.stream().anyMatch(touched.hidden()::contains)) {
            throw refuse(
                    "the condition of a trigger would tell of a protected value",
                    target.name().from());
        }
    }

    private void requireUncoupled(Relation each, Coupling coupling, Touched columns) throws RefusedException {
        Set<String> names = names(each, coupling.columns());
        if (coupling.kind() == Coupling.Kind.INDEX || coupling.kind() == Coupling.Kind.PARTITION) {
            requireUnchanged(names, columns);
        }
        if (coupling.kind() == Coupling.Kind.INDEX) {
            return;
        }
        if (coupling.kind() == Coupling.Kind.TRIGGER) {
            requireUnseen(names, columns);
            return;
        }
        Set<String> written = columns.written();
        boolean ofNulls = coupling.kind() == Coupling.Kind.KEY_OF_NULLS;
        boolean key = coupling.kind() == Coupling.Kind.KEY || ofNulls;
        boolean touched = coupling.kind() == Coupling.Kind.UNVALIDATED_CHECK
                || ofNulls && query.kind() == Kind.INSERT
                || names.stream().anyMatch(written::contains);
        boolean tells =
                names.stream().anyMatch(name -> columns.hidden().contains(name) && (key || !written.contains(name)));
        if (touched && tells && (key || query.kind() == Kind.UPDATE)) {
            throw refuse(
                    key
                            ? "a key would tell whether a protected value exists"
                            : "a constraint, an index or a generated column would tell of a protected value",
                    target.name().from());
        }
    }

    private RefusedException refuse(String reason, int token) {
        return new RefusedException(
                RefusalCode.PROTECTED_WRITE,
                "this write to relation " + relation.name() + " is not allowed to a masked role: " + reason,
                ADVICE,
                token);
    }
}
