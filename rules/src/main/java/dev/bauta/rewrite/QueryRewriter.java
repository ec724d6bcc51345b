package dev.bauta.rewrite;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.RelationKind;
import dev.bauta.catalog.SqlNames;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.ParsedQuery;
import dev.bauta.parser.ParsedQuery.ColumnReference;
import dev.bauta.parser.ParsedQuery.Grouping;
import dev.bauta.parser.QueryParser;
import dev.bauta.parser.TableReference;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Protection;
import dev.bauta.policy.Protection.Masked;
import dev.bauta.policy.SearchPath;
import dev.bauta.policy.WriteProbe;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Works out the edits that put masked relations in the place of protected ones in a query. Used for one statement. */
public final class QueryRewriter {
    /** Types without a default operator class, which cannot stand in GROUP BY, and neither can arrays of them. */
    private static final Set<String> NOT_GROUPABLE = Set.of(
            "json",
            "xml",
            "jsonpath",
            "point",
            "polygon",
            "box",
            "line",
            "lseg",
            "path",
            "circle",
            "pg_snapshot",
            "txid_snapshot",
            "gtsvector");

    private final Tokens tokens;
    private final TokenRange statement;
    private final ParsedQuery query;
    private final Policy policy;
    private final RelationResolver resolver;
    private final NamedColumns columns;
    private final List<Edit> edits = new ArrayList<>();
    /** The tokens behind the word TABLESAMPLE where such a clause is moved into a masked relation. */
    private final BitSet moved = new BitSet();

    private final CorrelationNames correlationNames;
    /** What is grouped by, by scope. */
    private final Map<Integer, Set<List<String>>> grouped = new HashMap<>();
    /** How long the masked relations are together. */
    private long length;

    private QueryRewriter(
            Tokens tokens, TokenRange statement, ParsedQuery query, Policy policy, SearchPath searchPath) {
        this.tokens = tokens;
        this.statement = statement;
        this.query = query;
        this.policy = policy;
        this.resolver = new RelationResolver(policy, searchPath);
        this.columns = new NamedColumns(tokens, statement, query);
        this.correlationNames = new CorrelationNames(tokens, statement, query, resolver);
    }

    /**
     * The edits for one query.
     *
     * @param statement the whole statement that carries the query
     * @throws RefusedException where a relation must not be read or written
     */
    public static List<Edit> rewrite(
            Tokens tokens, TokenRange statement, ParsedQuery query, Policy policy, SearchPath searchPath)
            throws RefusedException {
        QueryRewriter rewriter = new QueryRewriter(tokens, statement, query, policy, searchPath);
        for (TableReference reference : query.tables()) {
            rewriter.rewrite(reference);
        }
        rewriter.requirePlainSamples();
        return List.copyOf(rewriter.edits);
    }

    private void rewrite(TableReference reference) throws RefusedException {
        int token = reference.name().from();
        Optional<Relation> relation = resolver.resolve(reference.parts(), token);
        if (relation.isEmpty()) {
            return;
        }
        requireNoLocks(reference, relation.get());
        if (reference.role() == TableReference.Role.TARGET) {
            requireWritable(reference, relation.get());
            pin(reference, relation.get());
            return;
        }
        Protection protection = policy.protection(relation.get());
        if (protection instanceof Protection.Refused refused) {
            throw notReadable(relation.get(), refused, token);
        } else if (protection instanceof Masked masked) {
            mask(reference, relation.get(), masked);
        } else {
            pin(reference, relation.get());
        }
    }

    static RefusedException notReadable(Relation relation, Protection.Refused refused, int token) {
        return new RefusedException(
                RefusalCode.PROTECTED_RELATION,
                "relation " + relation.name() + " is not readable in a masked session: " + refused.reason(),
                "DBAs: " + refused.remedy() + ".",
                token);
    }

    /**
     * A row that is referred to is locked by the transaction that writes the one that refers to it, and bears its number in xmax until
     * another takes its place. By xmin that leads to the row that refers, whatever in it is protected.
     */
    private void requireNoLocks(TableReference reference, Relation relation) throws RefusedException {
        boolean inserted = reference.role() == TableReference.Role.TARGET && query.kind() == ParsedQuery.Kind.INSERT;
        if (!inserted && columns.isNamed("xmax") && policy.writeProbes(relation).contains(WriteProbe.REFERRED)) {
            throw new RefusedException(
                    RefusalCode.PROTECTED_COLUMN,
                    "system column xmax of relation " + relation.name()
                            + " would tell to which of its rows protected rows refer",
                    "Name other columns.",
                    reference.name().from());
        }
    }

    private void requireWritable(TableReference target, Relation relation) throws RefusedException {
        int token = target.name().from();
        Protection protection = policy.protection(relation);
        boolean allowed = protection instanceof Protection.Clear;
        if (protection instanceof Masked masked && masked.writable() && !masked.isFiltered()) {
            new ProtectedWrite(tokens, statement, query, target, relation, masked).require(policy);
            requireClearSources(relation);
            allowed = true;
        }
        Optional<WriteProbe> probe = policy.writeProbes(relation).stream()
                .filter(each -> answers(each, target, relation))
                .sorted()
                .findFirst();
        if (allowed && probe.isEmpty()) {
            return;
        }
        throw new RefusedException(
                RefusalCode.PROTECTED_WRITE,
                "writes to relation " + relation.name() + " are not allowed to a masked role"
                        + probe.map(each -> ": " + each.reason()).orElse(""),
                probe.isPresent() || allowed || protection instanceof Masked masked && masked.isFiltered()
                        ? "Write as a role with raw access."
                        : "Write as a role with raw access; DBAs: writes: allowed, under tables, lets through what tells nothing.",
                token);
    }

    /** Whether a write of this kind makes the server look. Of writes inside others nothing is known but their target. */
    private boolean answers(WriteProbe probe, TableReference target, Relation relation) {
        if (target.scope() != 0) {
            return true;
        }
        return switch (probe) {
            case REFERRING -> query.kind() != ParsedQuery.Kind.DELETE;
            case REFERRED ->
                !leaves(target, relation, column -> policy.referredColumns(relation)
                        .contains(column.number()));
            case MASKED_BY ->
                query.kind() != ParsedQuery.Kind.DELETE
                        && !leaves(target, relation, column -> policy.isReadByMask(relation, column));
            case ABOVE -> query.kind() != ParsedQuery.Kind.INSERT && query.kind() != ParsedQuery.Kind.DELETE;
            case VIEW, BEHIND, SETTINGS -> true;
        };
    }

    /** True for an INSERT that updates nothing, and for an UPDATE of other columns. */
    private boolean leaves(TableReference target, Relation relation, Predicate<Column> columns) {
        if (query.kind() == ParsedQuery.Kind.INSERT) {
            return IntStream.range(statement.from(), statement.to())
                    .noneMatch(i -> tokens.isWord(i, "do") && tokens.isWord(i + 1, "update"));
        }
        return query.kind() == ParsedQuery.Kind.UPDATE
                && WrittenColumns.find(tokens, statement, query.kind(), target)
                        .filter(written -> written.stream()
                                .allMatch(i -> relation.findColumn(String.valueOf(tokens.name(i)))
                                        .filter(columns.negate())
                                        .isPresent()))
                        .isPresent();
    }

    /** A mask that was written into a protected table would take the place of a value. */
    private void requireClearSources(Relation written) throws RefusedException {
        for (TableReference source : query.tables()) {
            int token = source.name().from();
            Optional<Relation> relation = resolver.resolve(source.parts(), token);
            if (source.role() == TableReference.Role.SOURCE
                    && relation.isPresent()
                    && !(policy.protection(relation.get()) instanceof Protection.Clear)) {
                throw new RefusedException(
                        RefusalCode.PROTECTED_WRITE,
                        "this write to relation " + written.name() + " reads relation "
                                + relation.get().name() + ", whose masks would be written in the place of values",
                        "Write constants, parameters and clear columns, or write as a role with raw access.",
                        token);
            }
        }
    }

    /** Names the schema, so that the server finds the relation that was decided upon. */
    private void pin(TableReference reference, Relation relation) {
        if (reference.parts().size() == 1) {
            edits.add(Edit.replace(reference.name(), relation.name().sql()));
        }
    }

    private void mask(TableReference reference, Relation relation, Masked protection) throws RefusedException {
        List<Column> listed = columns.of(reference, relation);
        MaskedRelation.requireAllowed(
                relation, protection, listed, reference.name().from());
        String select = MaskedRelation.select(
                relation,
                protection,
                listed,
                columns.systemColumns(reference, relation, protection.placed()),
                reference.only());
        requireShort(select.length(), reference);
        List<Edit.Piece> pieces = new ArrayList<>();
        int from = reference.range().from();
        if (reference.tableCommand()) {
            from--;
            pieces.add(new Edit.Piece.Text("SELECT * FROM "));
        }
        pieces.add(new Edit.Piece.Text("(" + select));
        TokenRange sample = reference.sample();
        if (sample != null) {
            pieces.add(new Edit.Piece.Text(" "));
            pieces.add(new Edit.Piece.Source(sample));
            edits.add(Edit.replace(sample, ""));
            moved.set(sample.from() + 1, sample.to());
        }
        String name = correlationNames.of(reference, relation, edits);
        String alias = reference.alias() == null ? " AS " + SqlNames.quote(name) : "";
        pieces.add(new Edit.Piece.Text(MaskedRelation.tail(protection) + ")" + alias));
        edits.add(new Edit(from, reference.range().to(), pieces, true));
        if (name.equals(reference.correlationName()) && hasUniqueKey(reference, relation)) {
            extendGrouping(reference, relation, protection);
        }
    }

    /** What is moved is moved as it was written, so nothing may have to be masked in it. */
    private void requirePlainSamples() throws RefusedException {
        for (Edit edit : edits) {
            if (moved.get(edit.from())) {
                throw new RefusedException(
                        RefusalCode.NOT_ANALYSABLE,
                        "TABLESAMPLE of a protected relation names relations that cannot be masked there",
                        "Write constants or parameters in it.",
                        edit.from());
            }
        }
    }

    /** The parser would not read a longer text to check it. */
    private void requireShort(int added, TableReference reference) throws RefusedException {
        length += added;
        if (length > QueryParser.MOST_CHARACTERS) {
            throw new RefusedException(
                    RefusalCode.NOT_ANALYSABLE,
                    "with masks the statement would be longer than " + QueryParser.MOST_CHARACTERS + " characters",
                    "Name fewer protected relations in one statement.",
                    reference.name().from());
        }
    }

    /** What is grouped by the primary key is one row, but for tables with children by inheritance: these can have rows of the same key. */
    private static boolean hasUniqueKey(TableReference reference, Relation relation) {
        return reference.only()
                || relation.kind() != RelationKind.TABLE
                || relation.children().isEmpty();
    }

    /** GROUP BY the primary key covers a table's other columns, but not a derived table's: they are added. */
    private void extendGrouping(TableReference reference, Relation relation, Masked protection) {
        ParsedQuery.Scope scope = query.scopes().get(reference.scope());
        Grouping grouping = scope.grouping();
        if (reference.columnAliases() || scope.joinsAround(reference).findAny().isPresent()) {
            // The names in GROUP BY are others than the relation's: what they mean is left to the server to reject.
            return;
        }
        if (grouping == null || !grouping.plain() || relation.primaryKey().isEmpty()) {
            return;
        }
        boolean masked = relation.primaryKey().stream().anyMatch(protection.columns()::containsKey);
        Set<List<String>> names = grouped.computeIfAbsent(reference.scope(), s -> names(grouping));
        boolean wholeKey = relation.columns().stream()
                .filter(column -> relation.primaryKey().contains(column.number()))
                .allMatch(column -> groups(names, reference, column));
        if (masked || !wholeKey) {
            return;
        }
        String added = columns.of(reference, relation).stream()
                .filter(column -> !groups(names, reference, column) && isGroupable(column))
                .map(column -> ", " + SqlNames.quote(reference.correlationName()) + "." + SqlNames.quote(column.name()))
                .collect(Collectors.joining());
        if (takesGroupableRow(reference, relation)) {
            added += ", " + SqlNames.quote(reference.correlationName()) + ".*";
        }
        if (!added.isEmpty()) {
            edits.add(Edit.insert(grouping.end(), added));
        }
    }

    /** The names that a GROUP BY clause has, with that of the relation where it stands before. */
    private static Set<List<String>> names(Grouping grouping) {
        Set<List<String>> names = new HashSet<>();
        for (ColumnReference item : grouping.columns()) {
            int size = item.parts().size();
            names.add(item.parts().subList(Math.max(0, size - 2), size));
        }
        return names;
    }

    private static boolean groups(Set<List<String>> names, TableReference reference, Column column) {
        return names.contains(List.of(column.name()))
                || names.contains(List.of(reference.correlationName(), column.name()));
    }

    /** Only types of PostgreSQL's own are known well enough to say that their rows can be compared. */
    private boolean takesGroupableRow(TableReference reference, Relation relation) {
        return columns.mayTakeRow(reference.correlationName())
                && relation.findColumn(reference.correlationName()).isEmpty()
                && relation.columns().stream()
                        .allMatch(column -> column.type().name().schema().equals("pg_catalog") && isGroupable(column));
    }

    private static boolean isGroupable(Column column) {
        String type = column.type().name().name();
        return !NOT_GROUPABLE.contains(type.startsWith("_") ? type.substring(1) : type);
    }

    /** The relation a name in the statement means, for the check of the rewritten text. */
    public static Optional<Relation> resolve(TableReference reference, Policy policy, SearchPath searchPath)
            throws RefusedException {
        return new RelationResolver(policy, searchPath)
                .resolve(reference.parts(), reference.name().from());
    }
}
