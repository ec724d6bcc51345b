package dev.bauta.parser;

import static dev.bauta.parser.Nodes.child;
import static dev.bauta.parser.Nodes.form;
import static dev.bauta.parser.Nodes.identifier;
import static dev.bauta.parser.Nodes.lastOf;
import static dev.bauta.parser.Nodes.nodes;
import static dev.bauta.parser.Nodes.require;
import static dev.bauta.parser.Nodes.required;
import static dev.bauta.parser.Nodes.unexpected;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.ParsedQuery.ColumnReference;
import dev.bauta.parser.ParsedQuery.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Walks the tree of one statement and finds what its names refer to: relations, WITH items, columns, or nothing outside the
 * statement. Scoping of WITH is PostgreSQL's: an item sees the items before it and those of outer queries, under RECURSIVE all
 * of its own list; a schema-qualified name and the target of a change are never a WITH item.
 *
 * <p>A form of node that is not expected where it stands ends the analysis. Used for one statement, by one thread.
 */
final class Resolver {
    private final Tokens tokens;
    private final BitSet explained;
    private final List<ScopeBuilder> scopes = new ArrayList<>();
    private final List<TableReference> tables = new ArrayList<>();
    private final List<TableReference> withItemReferences = new ArrayList<>();
    private final List<ColumnReference> columns = new ArrayList<>();
    private final List<TokenRange> created = new ArrayList<>();

    private final Kind kind;

    /**
     * Walks the tree.
     *
     * @param tokens the statement's tokens
     * @param keyWords the words that the parser read as key words
     */
    Resolver(Tokens tokens, BitSet keyWords, SqlNode tree) throws NotAnalysableException {
        this.tokens = tokens;
        this.explained = (BitSet) keyWords.clone();
        this.kind = kind(form(tree));
        statement(tree, CteScope.NONE);
        tables.sort(Comparator.comparingInt(table -> table.range().from()));
        columns.sort(Comparator.comparingInt(column -> column.range().from()));
    }

    ParsedQuery query() {
        return new ParsedQuery(
                kind, scopes.stream().map(ScopeBuilder::build).toList(), tables, columns, created, explained);
    }

    /** The references to WITH items that are left out of the query's tables. */
    List<TableReference> withItemReferences() {
        return List.copyOf(withItemReferences);
    }

    private static Kind kind(Form form) throws NotAnalysableException {
        return switch (form) {
            case QUERY -> Kind.SELECT;
            case INSERT -> Kind.INSERT;
            case UPDATE -> Kind.UPDATE;
            case DELETE -> Kind.DELETE;
            case MERGE -> Kind.MERGE;
            default -> throw new NotAnalysableException("this is not a query statement", -1);
        };
    }

    private void statement(SqlNode node, CteScope outer) throws NotAnalysableException {
        Form form = form(node);
        if (form == Form.QUERY) {
            query(node, outer, newScope());
            return;
        }
        kind(form);
        int scope = newScope();
        CteScope ctes = with(child(node, 0), outer, scope);
        relation(required(node, 1), TableReference.Role.TARGET, ctes, scope);
        if (form == Form.INSERT) {
            SqlNode source = child(node, 2);
            if (source != null) {
                statement(source, ctes);
            }
            visit(required(node, 3), ctes, scope);
        } else {
            visit(required(node, 2), ctes, scope);
        }
    }

    /**
     * Resolves a query.
     *
     * <p>Parentheses around a query are not a scope: in {@code (WITH a … SELECT …) ORDER BY …} PostgreSQL hangs the ORDER BY on
     * the query inside, and it sees {@code a}.
     *
     * @param scope the scope of its first operand
     */
    private void query(SqlNode node, CteScope outer, int scope) throws NotAnalysableException {
        List<SqlNode> tails = new ArrayList<>();
        SqlNode with = null;
        SqlNode body = node;
        while (form(body) == Form.QUERY) {
            SqlNode own = child(body, 0);
            if (own != null && with != null) {
                throw new NotAnalysableException("multiple WITH clauses are not allowed", Nodes.from(own));
            }
            with = own == null ? with : own;
            tails.add(required(body, 2));
            body = required(body, 1);
        }
        CteScope ctes = with(with, outer, scope);
        body(body, ctes, scope);
        for (SqlNode tail : tails) {
            children(require(Form.TAIL, tail), ctes, scope);
        }
    }

    private void body(SqlNode node, CteScope ctes, int scope) throws NotAnalysableException {
        switch (form(node)) {
            case SELECT, VALUES -> children(node, ctes, scope);
            case TABLE -> table(node, ctes, scope);
            case SET_OPERATION -> operands(node, ctes, scope);
            default -> throw unexpected(node);
        }
    }

    private void operands(SqlNode node, CteScope ctes, int first) throws NotAnalysableException {
        int scope = first;
        for (SqlNode operand : nodes(node)) {
            if (form(operand) == Form.QUERY) {
                query(operand, ctes, scope);
            } else {
                body(operand, ctes, scope);
            }
            scope = operand == lastOf(node) ? scope : newScope();
        }
    }

    private CteScope with(@Nullable SqlNode with, CteScope outer, int scope) throws NotAnalysableException {
        if (with == null) {
            return outer;
        }
        boolean recursive = form(with) == Form.WITH_RECURSIVE;
        if (!recursive) {
            require(Form.WITH, with);
        }
        List<String> names = new ArrayList<>();
        for (SqlNode item : nodes(with)) {
            names.add(label(required(require(Form.WITH_ITEM, item), 0)));
        }
        CteScope all = outer.withAll(names);
        for (int i = 0; i < names.size(); i++) {
            SqlNode item = nodes(with).get(i);
            CteScope visible = recursive ? all : all.first(i);
            statement(required(item, 1), visible);
            visit(required(item, 2), visible, scope);
        }
        return all;
    }

    private void table(SqlNode node, CteScope ctes, int scope) throws NotAnalysableException {
        SqlNode relation = required(node, 0);
        add(References.table(tokens, relation, null, TableReference.Role.SOURCE, scope, true), ctes);
        explain(identifier(relation));
    }

    private void relation(SqlNode node, TableReference.Role role, CteScope ctes, int scope)
            throws NotAnalysableException {
        require(Form.ALIASED_RELATION, node);
        SqlNode relation = required(node, 0);
        add(References.table(tokens, relation, node, role, scope, false), ctes);
        explain(identifier(relation));
        for (int i = 1; i <= 3; i++) {
            SqlNode rest = child(node, i);
            if (rest != null) {
                visit(rest, ctes, scope);
            }
        }
    }

    private void add(TableReference table, CteScope ctes) {
        boolean isWithItem = table.role() == TableReference.Role.SOURCE
                && table.parts().size() == 1
                && ctes.contains(table.parts().get(0));
        (isWithItem ? withItemReferences : tables).add(table);
    }

    private void visit(SqlNode node, CteScope ctes, int scope) throws NotAnalysableException {
        switch (form(node)) {
            case EXPRESSION, SAMPLE, TABLE_FUNCTION -> children(node, ctes, scope);
            case SUBQUERY -> query(required(node, 0), ctes, newScope());
            case DERIVED -> derived(node, ctes, scope);
            case ITEM -> {}
            case ALIASED_RELATION -> relation(node, TableReference.Role.SOURCE, ctes, scope);
            case COLUMN, COLUMN_STAR, STAR -> column(node, scope);
            case FUNCTION, TYPE, LABEL -> explain(identifier(node));
            case TYPE_MODIFIERS -> modifiers(node);
            case INTO -> into(node);
            case NATURAL -> scopes.get(scope).natural = true;
            case JOIN_ALIAS -> joinAlias(node, scope);
            case GROUPING, GROUPING_SETS -> grouping(node, ctes, scope);
            default -> throw unexpected(node);
        }
    }

    private void children(SqlNode node, CteScope ctes, int scope) throws NotAnalysableException {
        for (SqlNode child : nodes(node)) {
            visit(child, ctes, scope);
        }
    }

    private void derived(SqlNode node, CteScope ctes, int scope) throws NotAnalysableException {
        query(required(node, 0), ctes, newScope());
        for (SqlNode label : nodes(node).subList(1, nodes(node).size())) {
            visit(label, ctes, scope);
        }
    }

    private void joinAlias(SqlNode node, int scope) throws NotAnalysableException {
        List<String> labels = new ArrayList<>();
        for (SqlNode label : nodes(node)) {
            labels.add(label(label));
        }
        scopes.get(scope).joins.add(new ParsedQuery.Join(Nodes.range(node), labels.get(0), labels.size() > 1));
    }

    private void column(SqlNode node, int scope) throws NotAnalysableException {
        columns.add(References.column(tokens, node, scope));
        if (form(node) != Form.STAR) {
            explain(identifier(node));
        }
    }

    private void into(SqlNode node) throws NotAnalysableException {
        created.add(Nodes.range(identifier(node)));
        explain(identifier(node));
    }

    /** A name among the modifiers of a type is a constant: {@code geometry(point)}. */
    private void modifiers(SqlNode node) throws NotAnalysableException {
        for (SqlNode modifier : nodes(node)) {
            explain(identifier(require(Form.COLUMN, modifier)));
        }
    }

    private void grouping(SqlNode node, CteScope ctes, int scope) throws NotAnalysableException {
        int before = columns.size();
        children(node, ctes, scope);
        List<ColumnReference> found = columns.subList(before, columns.size());
        boolean plain = form(node) == Form.GROUPING;
        scopes.get(scope).grouping = new ParsedQuery.Grouping(
                plain ? References.plainColumns(tokens, nodes(node), found) : List.of(), Nodes.to(node), plain);
    }

    private String label(SqlNode node) throws NotAnalysableException {
        SqlIdentifier identifier = identifier(require(Form.LABEL, node));
        explain(identifier);
        return References.names(tokens, identifier).get(0);
    }

    private void explain(SqlIdentifier identifier) {
        for (int i = 0; i < identifier.names.size(); i++) {
            explained.set(Nodes.from(identifier.getComponentParserPosition(i)));
        }
    }

    private int newScope() {
        scopes.add(new ScopeBuilder());
        return scopes.size() - 1;
    }

    private static final class ScopeBuilder {
        private boolean natural;
        private final List<ParsedQuery.Join> joins = new ArrayList<>();
        private ParsedQuery.@Nullable Grouping grouping;

        private ParsedQuery.Scope build() {
            return new ParsedQuery.Scope(natural, joins, grouping);
        }
    }
}
