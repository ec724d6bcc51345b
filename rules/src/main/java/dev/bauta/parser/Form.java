package dev.bauta.parser;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSpecialOperator;

/**
 * What a node of the tree stands for. The children of a node are Calcite nodes of these forms, or the identifier that a form
 * names; constants, key words and operators leave nothing in the tree, and neither does the precedence of operators. For
 * use by the generated parser and the resolver alone.
 */
public enum Form {
    /** A query: WITH or null, the body, what follows it. A body that is a query itself stood in parentheses. */
    QUERY,
    /** Two or more queries joined by UNION, INTERSECT, EXCEPT. */
    SET_OPERATION,
    /** ORDER BY, LIMIT, OFFSET, FETCH and locking clauses. */
    TAIL,
    /** A SELECT without what a tail holds: everything in it, in text order. */
    SELECT,
    /** VALUES: the expressions. */
    VALUES,
    /** {@code TABLE name}: the relation. */
    TABLE,
    /** WITH: the items. */
    WITH,
    /** WITH RECURSIVE: the items. */
    WITH_RECURSIVE,
    /** An item of WITH: its label, its statement, its other labels and expressions. */
    WITH_ITEM,
    /** WITH or null, the target, the query or null, all else. */
    INSERT,
    /** WITH or null, the target, all else. */
    UPDATE,
    /** WITH or null, the target, all else. */
    DELETE,
    /** WITH or null, the target, all else. */
    MERGE,
    /** A relation: its identifier alone. */
    RELATION,
    /** {@code ONLY name}: its identifier alone. */
    ONLY_RELATION,
    /** A relation, its alias or null, its column aliases or null, its sample or null. */
    ALIASED_RELATION,
    /** TABLESAMPLE: the method's label, the expressions. */
    SAMPLE,
    /** Over the tokens of a result column's expression, behind the expression's own nodes and before the column's label. */
    ITEM,
    /** A query in a FROM clause: the query, the alias and the column aliases if there are any. */
    DERIVED,
    /** Over the tokens of {@code (a JOIN b ON …) AS c}, behind the nodes of what is joined: the alias and the column aliases. */
    JOIN_ALIAS,
    /** A function in a FROM clause: its expressions and labels. */
    TABLE_FUNCTION,
    /** The table that SELECT INTO creates: its identifier. */
    INTO,
    /** The word NATURAL of a join. */
    NATURAL,
    /** A GROUP BY clause that has expressions alone: an {@link #EXPRESSION} for each. */
    GROUPING,
    /** Any other GROUP BY clause. */
    GROUPING_SETS,
    /** Nodes that belong to one text range. */
    EXPRESSION,
    /** A query in an expression: the query. */
    SUBQUERY,
    /** A possibly qualified name of a column, or of a relation taken whole. */
    COLUMN,
    /** {@code name.*}. */
    COLUMN_STAR,
    /** The star of a select list. */
    STAR,
    /** The name of a function. */
    FUNCTION,
    /** The name of a type. */
    TYPE,
    /** The modifiers of a type. */
    TYPE_MODIFIERS,
    /** A name that refers to nothing outside the statement, or to something that is not a relation, column, function or type. */
    LABEL;

    private static final Map<Form, Operator> OPERATORS = operators();

    /** The operator by which Calcite's call nodes bear this form. */
    Operator operator() {
        return Objects.requireNonNull(OPERATORS.get(this));
    }

    private static Map<Form, Operator> operators() {
        Map<Form, Operator> operators = new EnumMap<>(Form.class);
        for (Form form : values()) {
            operators.put(form, new Operator(form));
        }
        return operators;
    }

    /** An operator that says no more than its form. */
    static final class Operator extends SqlSpecialOperator {
        private final Form form;

        Operator(Form form) {
            super(form.name(), SqlKind.OTHER);
            this.form = form;
        }

        Form form() {
            return form;
        }
    }
}
