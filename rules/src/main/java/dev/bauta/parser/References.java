package dev.bauta.parser;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.ParsedQuery.ColumnReference;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Makes references out of nodes, with the names that stand in the tokens. */
final class References {
    private References() {}

    /**
     * A reference to a relation.
     *
     * @param relation the relation's own node
     * @param aliased the node that adds alias and sample, null when there can be none
     */
    static TableReference table(
            Tokens tokens,
            SqlNode relation,
            @Nullable SqlNode aliased,
            TableReference.Role role,
            int scope,
            boolean tableCommand)
            throws NotAnalysableException {
        Form form = Nodes.form(relation);
        if (form != Form.RELATION && form != Form.ONLY_RELATION) {
            throw new NotAnalysableException("this is not a relation", Nodes.from(relation));
        }
        SqlIdentifier identifier = Nodes.identifier(relation);
        if (identifier.names.size() > 3) {
            throw new NotAnalysableException("improper qualified name (too many dotted names)", Nodes.from(relation));
        }
        SqlNode alias = aliased == null ? null : Nodes.child(aliased, 1);
        SqlNode columns = aliased == null ? null : Nodes.child(aliased, 2);
        SqlNode sample = aliased == null ? null : Nodes.child(aliased, 3);
        return new TableReference(
                Nodes.range(relation),
                Nodes.range(identifier),
                names(tokens, identifier),
                role,
                scope,
                form == Form.ONLY_RELATION,
                alias == null ? null : names(tokens, Nodes.identifier(alias)).get(0),
                columns != null,
                sample == null ? null : Nodes.range(sample),
                tableCommand);
    }

    static ColumnReference column(Tokens tokens, SqlNode node, int scope) throws NotAnalysableException {
        Form form = Nodes.form(node);
        List<String> parts = form == Form.STAR ? List.of() : names(tokens, Nodes.identifier(node));
        return new ColumnReference(Nodes.range(node), parts, form != Form.COLUMN, scope);
    }

    static List<String> names(Tokens tokens, SqlIdentifier identifier) throws NotAnalysableException {
        List<String> names = new ArrayList<>(identifier.names.size());
        for (int i = 0; i < identifier.names.size(); i++) {
            int token = Nodes.from(identifier.getComponentParserPosition(i));
            String name = tokens.name(token);
            if (name == null) {
                throw new NotAnalysableException("this is not a name", token);
            }
            names.add(name);
        }
        return names;
    }

    /**
     * The columns of those GROUP BY items that hold nothing but column references, parentheses and commas.
     *
     * @param items the items
     * @param columns every column reference in them, in text order
     */
    static List<ColumnReference> plainColumns(Tokens tokens, List<SqlNode> items, List<ColumnReference> columns) {
        List<ColumnReference> plain = new ArrayList<>();
        int next = 0;
        for (SqlNode item : items) {
            TokenRange range = Nodes.range(item);
            int first = next;
            while (next < columns.size() && range.contains(columns.get(next).range())) {
                next++;
            }
            List<ColumnReference> inside = columns.subList(first, next);
            if (isPlain(tokens, range, inside)) {
                plain.addAll(inside);
            }
        }
        return plain;
    }

    private static boolean isPlain(Tokens tokens, TokenRange item, List<ColumnReference> columns) {
        int token = item.from();
        for (ColumnReference column : columns) {
            if (column.star() || !isPunctuation(tokens, token, column.range().from())) {
                return false;
            }
            token = column.range().to();
        }
        return isPunctuation(tokens, token, item.to());
    }

    private static boolean isPunctuation(Tokens tokens, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!tokens.is(i, "(") && !tokens.is(i, ")") && !tokens.is(i, ",")) {
                return false;
            }
        }
        return true;
    }
}
