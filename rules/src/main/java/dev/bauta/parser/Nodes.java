package dev.bauta.parser;

import dev.bauta.lexer.TokenRange;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Reads the nodes of the tree: their forms, their children, and their tokens. What is not as expected is not analysable. */
final class Nodes {
    private Nodes() {}

    static Form form(SqlNode node) throws NotAnalysableException {
        if (node instanceof SqlCall call && call.getOperator() instanceof Form.Operator operator) {
            return operator.form();
        }
        throw unexpected(node);
    }

    static SqlNode require(Form form, SqlNode node) throws NotAnalysableException {
        if (form(node) != form) {
            throw unexpected(node);
        }
        return node;
    }

    static SqlIdentifier identifier(SqlNode node) throws NotAnalysableException {
        if (required(node, 0) instanceof SqlIdentifier identifier) {
            return identifier;
        }
        throw unexpected(node);
    }

    static NotAnalysableException unexpected(SqlNode node) {
        return new NotAnalysableException("the statement holds something that is not understood", from(node));
    }

    static List<SqlNode> nodes(SqlNode node) {
        return ((SqlCall) node).getOperandList();
    }

    static SqlNode lastOf(SqlNode node) {
        List<SqlNode> nodes = nodes(node);
        return nodes.get(nodes.size() - 1);
    }

    static @Nullable SqlNode child(SqlNode node, int index) {
        return nodes(node).get(index);
    }

    static SqlNode required(SqlNode node, int index) throws NotAnalysableException {
        SqlNode child = child(node, index);
        if (child == null) {
            throw unexpected(node);
        }
        return child;
    }

    static int from(SqlNode node) {
        return from(node.getParserPosition());
    }

    static int from(SqlParserPos position) {
        return position.getColumnNum() - 1;
    }

    static int to(SqlNode node) {
        return node.getParserPosition().getEndColumnNum();
    }

    static TokenRange range(SqlNode node) {
        return new TokenRange(from(node), to(node));
    }
}
