package dev.bauta.parser;

import dev.bauta.lexer.TokenRange;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the rewriter needs to know of one query statement, free of the parser's own classes. Positions are token indexes
 * into the {@link dev.bauta.lexer.Tokens} that were parsed. Immutable.
 *
 * @param kind the statement
 * @param scopes one for each SELECT core, VALUES, TABLE and DML statement; scope 0 is the outermost
 * @param tables every reference to a relation that is not a CTE visible there, in text order
 * @param columns every possibly qualified name in expression position, in text order, stars included
 * @param created the names of the tables that SELECT INTO creates
 * @param explained every identifier token whose meaning the tree accounts for: part of a table reference, column
 *     reference, function or type name, alias, label, CTE name, field name, key word. An identifier token that is not in
 *     this set was not understood, and a statement in which such a token names something protected is refused
 */
public record ParsedQuery(
        Kind kind,
        List<Scope> scopes,
        List<TableReference> tables,
        List<ColumnReference> columns,
        List<TokenRange> created,
        BitSet explained) {
    /** The kind of a query statement. */
    public enum Kind {
        SELECT,
        INSERT,
        UPDATE,
        DELETE,
        MERGE
    }

    public ParsedQuery {
        scopes = List.copyOf(scopes);
        tables = List.copyOf(tables);
        columns = List.copyOf(columns);
        created = List.copyOf(created);
        explained = (BitSet) explained.clone();
    }

    /**
     * One SELECT core or DML statement: the unit in which a FROM list and a GROUP BY belong together.
     *
     * @param natural true when a NATURAL join stands in its FROM clause
     * @param joins the joins in its FROM clause that have aliases
     * @param grouping its GROUP BY clause, null when there is none
     */
    public record Scope(boolean natural, List<Join> joins, @Nullable Grouping grouping) {
        public Scope {
            joins = List.copyOf(joins);
        }

        /** The joins with aliases in which a reference stands. */
        public Stream<Join> joinsAround(TableReference reference) {
            return joins.stream().filter(join -> join.range().contains(reference.range()));
        }
    }

    /**
     * Joined tables with a name of their own, by which alone they are reached: {@code (a JOIN b ON …) AS c}.
     *
     * @param range its tokens
     * @param alias the name
     * @param columnAliases true when their columns are named anew
     */
    public record Join(TokenRange range, String alias, boolean columnAliases) {}

    /**
     * A GROUP BY clause.
     *
     * @param columns the items that are plain column references
     * @param end index after the clause's last token, where further items can be appended
     * @param plain false when it holds GROUPING SETS, ROLLUP, CUBE, or DISTINCT
     */
    public record Grouping(List<ColumnReference> columns, int end, boolean plain) {
        public Grouping {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A possibly qualified name in an expression, such as {@code email}, {@code c.email}, {@code public.c.email}, {@code c.*}
     * or {@code *}; {@code count(*)}'s star is none.
     *
     * @param range its tokens
     * @param parts the names; without the star
     * @param star true when it ends in a star
     * @param scope the innermost scope it stands in
     */
    public record ColumnReference(TokenRange range, List<String> parts, boolean star, int scope) {
        public ColumnReference {
            parts = List.copyOf(parts);
        }
    }
}
