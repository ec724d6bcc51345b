package dev.bauta.parser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Makes the nodes of the tree. Positions are token indexes: a node's column is the index of its first token plus one, its end
 * column the index after its last token. For use by the generated parser alone.
 */
public final class Syntax {
    /** Calcite sees no name of the client's; names are read from the tokens. */
    private static final String NAME = "name";

    private Syntax() {}

    /** A node over the tokens {@code from} to {@code to}, the latter exclusive. */
    public static SqlNode node(Form form, int from, int to, List<? extends @Nullable SqlNode> children) {
        return new SqlBasicCall(form.operator(), children, position(from, to));
    }

    /** A node over the tokens {@code from} to {@code to}, the latter exclusive; children can be null. */
    public static SqlNode node(Form form, int from, int to, @Nullable SqlNode... children) {
        return node(form, from, to, Arrays.asList(children));
    }

    /** A node over the tokens of its only child. */
    public static SqlNode node(Form form, SqlNode child) {
        return new SqlBasicCall(form.operator(), List.of(child), child.getParserPosition());
    }

    /** The identifier whose parts are the given tokens. */
    public static SqlNode identifier(List<Integer> parts) {
        List<SqlParserPos> positions = new ArrayList<>(parts.size());
        for (int part : parts) {
            positions.add(position(part, part + 1));
        }
        SqlParserPos whole = position(parts.get(0), parts.get(parts.size() - 1) + 1);
        return new SqlIdentifier(Collections.nCopies(parts.size(), NAME), null, whole, positions);
    }

    /** A name of its own. */
    public static SqlNode label(int part) {
        return node(Form.LABEL, identifier(List.of(part)));
    }

    /**
     * A relation with what follows it.
     *
     * @param alias nothing, or the alias and the column aliases
     * @param sample TABLESAMPLE, null when there is none
     */
    public static SqlNode aliased(SqlNode relation, List<SqlNode> alias, @Nullable SqlNode sample) {
        SqlParserPos position = relation.getParserPosition();
        SqlNode name = alias.isEmpty() ? null : alias.get(0);
        SqlNode columns = alias.size() < 2
                ? null
                : new SqlBasicCall(Form.EXPRESSION.operator(), alias.subList(1, alias.size()), position);
        return new SqlBasicCall(
                Form.ALIASED_RELATION.operator(), Arrays.asList(relation, name, columns, sample), position);
    }

    /**
     * A query in a FROM clause with what follows it.
     *
     * @param alias nothing, or the alias and the column aliases
     */
    public static SqlNode derived(SqlNode query, List<SqlNode> alias) {
        return node(
                Form.DERIVED,
                Nodes.from(query),
                Nodes.to(query),
                Stream.concat(Stream.of(query), alias.stream()).toList());
    }

    /**
     * What follows joined tables in parentheses.
     *
     * @param from where the parentheses begin
     * @param alias nothing, or the alias and the column aliases
     */
    public static List<SqlNode> joined(int from, List<SqlNode> alias) {
        return alias.isEmpty()
                ? List.of()
                : List.of(node(Form.JOIN_ALIAS, from, Nodes.to(alias.get(alias.size() - 1)), alias));
    }

    private static SqlParserPos position(int from, int to) {
        return new SqlParserPos(1, from + 1, 1, to);
    }
}
