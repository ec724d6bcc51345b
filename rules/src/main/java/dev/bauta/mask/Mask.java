package dev.bauta.mask;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.QualifiedName;
import java.util.Optional;
import java.util.Set;

/**
 * One anonymizing function over a column, as an SQL expression for PostgreSQL to evaluate. Most masks are {@link ValueMask}s or
 * {@link SubjectMask}s, which have a Java form as well; what the DBA writes in SQL has none. Implementations are immutable and
 * thread-safe.
 *
 * <p>Contract, for every type that {@link #fits} accepts:
 *
 * <ul>
 *   <li><b>total</b>: no value of the type makes it raise an error;
 *   <li><b>type-preserving</b>: the SQL form has exactly the column's type and typmod; its collation may be the type's default,
 *       so whoever uses it adds the column's;
 *   <li><b>NULL stays NULL</b>, but for masks that say otherwise;
 *   <li><b>capture-proof</b>: every function, operator, cast and type in the SQL form is schema-qualified or fixed by the
 *       grammar, so no object that a client can create and no session setting changes what it computes;
 *   <li><b>deterministic</b>, but for masks that say otherwise, and free of subqueries over relations, so that PostgreSQL pulls the
 *       masked relation up. Subqueries over values and functions of the row's columns, such as {@code unnest}, do not stand in the way.
 * </ul>
 *
 * <p>All of this is promised for databases whose encoding is UTF8.
 */
public interface Mask {
    /** The mask's name in the rule file, such as {@code partial}. */
    String name();

    /**
     * The mask for the rows of one relation. A mask that reads other columns of the row finds them here, and has an SQL form
     * only after that; every other mask is the same for all relations. A mask that was bound before can be bound again.
     *
     * @param row the columns of the relation
     * @throws MaskParameterException when the row has no column that the mask reads, or one of a type that it cannot use
     */
    default Mask in(Row row) throws MaskParameterException {
        return this;
    }

    /**
     * The mask for one column, wherever its values are seen: in its table, in partitions and children of that, in views that copy it. Masks that
     * draw at random draw for each column of its own; every other mask is the same for all columns. Comes before {@link #in}.
     *
     * @param relation the table, the topmost of those that inherit the column
     * @param column the column's name in it
     */
    default Mask of(QualifiedName relation, String column) {
        return this;
    }

    /** True when the mask can be applied to columns of this type. */
    boolean fits(ColumnType type);

    /**
     * True for a mask of which only the server can say whether it fits, and which may raise errors on values: it breaks the
     * contract of being total, and what the server says may hold a value.
     */
    default boolean mayFail() {
        return false;
    }

    /** The columns of the row that the mask reads beside its own; none while it is not bound to a relation. */
    default Set<Column> reads() {
        return Set.of();
    }

    /** True for a mask of which one value beside what it is masked to tells other values, whose masks can be looked at. */
    default boolean tellsByExample() {
        return false;
    }

    /** The functions that whoever wrote the mask has it call, other than those that every mask of the kind calls. */
    default Set<QualifiedName> functions() {
        return Set.of();
    }

    /** The operators and types outside {@code pg_catalog} that whoever wrote the mask has it use: functions can stand behind them. */
    default Set<QualifiedName> callers() {
        return Set.of();
    }

    /**
     * Why the mask hides less than it seems to in columns of a type that it fits, a clause for those who keep rules; empty where nothing is
     * known.
     */
    default Optional<String> weakness(ColumnType type) {
        return Optional.empty();
    }

    /**
     * The SQL form.
     *
     * @param column the column reference to mask, already quoted, such as {@code r.email}; may be used several times
     * @param type a type that {@link #fits}
     * @return an expression that can stand in a SELECT list, without alias, where {@link Row#ALIAS} names the row
     */
    String sql(String column, ColumnType type);
}
