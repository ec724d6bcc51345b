package dev.bauta.parser;

import static dev.bauta.parser.Nodes.child;
import static dev.bauta.parser.Nodes.form;
import static dev.bauta.parser.Nodes.identifier;
import static dev.bauta.parser.Nodes.nodes;
import static dev.bauta.parser.Nodes.required;

import dev.bauta.lexer.Tokens;
import dev.bauta.parser.OutputColumn.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the tree of a statement where the columns of its result come from. It informs people; nothing is decided by it. Where
 * a name can mean several columns, all of them are told. Used for one statement, by one thread.
 */
final class OutputReader {
    /** The rounds after which the origins of an item of WITH RECURSIVE are taken to be complete. */
    private static final int ROUNDS = 5;

    /** How much is looked at before a statement is given up, lest one that is made for it takes long. */
    private static final int MOST_STEPS = 200_000;

    private static final String UNNAMED = "?column?";

    private final Tokens tokens;
    private final Function<List<String>, List<String>> columnsOf;
    private int steps;

    /**
     * @param columnsOf the columns of a relation by its name, in order; empty for a relation that is not known
     */
    OutputReader(Tokens tokens, Function<List<String>, List<String>> columnsOf) {
        this.tokens = tokens;
        this.columnsOf = columnsOf;
    }

    /** The visible items of WITH. */
    private record Items(Map<String, List<OutputColumn>> known) {
        Items with(String name, List<OutputColumn> columns) {
            Map<String, List<OutputColumn>> more = new HashMap<>(known);
            more.put(name, columns);
            return new Items(more);
        }
    }

    /** The columns of a statement's result; empty for a change without RETURNING. */
    List<OutputColumn> read(SqlNode statement) throws NotAnalysableException {
        return statement(statement, new Items(Map.of()), null);
    }

    private List<OutputColumn> statement(SqlNode node, Items outer, @Nullable OutputScope around)
            throws NotAnalysableException {
        if (form(node) == Form.QUERY) {
            return query(node, outer, around);
        }
        Items items = with(child(node, 0), outer, around);
        OutputScope scope = new OutputScope(around);
        add(required(node, 1), items, scope);
        SqlNode rest = required(node, form(node) == Form.INSERT ? 3 : 2);
        return select(rest, items, scope);
    }

    private void step(int count) throws NotAnalysableException {
        steps += count;
        if (steps > MOST_STEPS) {
            throw new NotAnalysableException("the statement is too large to tell where its result comes from", -1);
        }
    }

    private List<OutputColumn> query(SqlNode node, Items outer, @Nullable OutputScope around)
            throws NotAnalysableException {
        step(1);
        Items items = outer;
        SqlNode body = node;
        while (form(body) == Form.QUERY) {
            items = with(child(body, 0), items, around);
            body = required(body, 1);
        }
        return switch (form(body)) {
            case SELECT -> select(body, items, new OutputScope(around));
            case TABLE -> {
                OutputScope.Source source = source(required(body, 0), null, items);
                yield source.columns() == null ? List.of(new OutputColumn("*", false, source.all())) : source.columns();
            }
            case SET_OPERATION -> union(body, items, around);
            default -> List.of();
        };
    }

    /** A column of a set operation has the name that the first operand gives it. */
    private List<OutputColumn> union(SqlNode node, Items items, @Nullable OutputScope around)
            throws NotAnalysableException {
        List<OutputColumn> united = null;
        for (SqlNode operand : nodes(node)) {
            step(united == null ? 0 : united.size());
            SqlNode query = form(operand) == Form.QUERY
                    ? operand
                    : Syntax.node(Form.QUERY, Nodes.from(operand), Nodes.to(operand), null, operand, null);
            List<OutputColumn> columns = query(query, items, around);
            united = united == null ? columns : unite(united, columns);
        }
        return united == null ? List.of() : united;
    }

    private static List<OutputColumn> unite(List<OutputColumn> first, List<OutputColumn> second) {
        List<OutputColumn> united = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            OutputColumn column = first.get(i);
            if (i < second.size()) {
                boolean same = second.get(i).origins().equals(column.origins());
                Set<Origin> origins = new LinkedHashSet<>(column.origins());
                origins.addAll(second.get(i).origins());
                united.add(new OutputColumn(
                        column.name(), column.copied() && second.get(i).copied() && same, List.copyOf(origins)));
            } else {
                united.add(column);
            }
        }
        return united;
    }

    private Items with(@Nullable SqlNode with, Items outer, @Nullable OutputScope around)
            throws NotAnalysableException {
        Items items = outer;
        boolean recursive = with != null && form(with) == Form.WITH_RECURSIVE;
        for (SqlNode item : with == null ? List.<SqlNode>of() : nodes(with)) {
            String name = label(required(item, 0));
            SqlNode statement = required(item, 1);
            List<String> labels = new ArrayList<>();
            for (SqlNode node : nodes(required(item, 2))) {
                if (form(node) == Form.LABEL && Nodes.from(node) < Nodes.from(statement)) {
                    labels.add(label(node));
                }
            }
            items = items.with(name, item(name, statement, labels, items, recursive ? ROUNDS : 0, around));
        }
        return items;
    }

    private List<OutputColumn> item(
            String name, SqlNode statement, List<String> labels, Items items, int rounds, @Nullable OutputScope around)
            throws NotAnalysableException {
        if (rounds == 0) {
            return named(statement(statement, items, around), labels);
        }
        List<OutputColumn> columns = List.of();
        for (int i = 0; i < rounds; i++) {
            columns = named(statement(statement, items.with(name, columns), around), labels);
        }
        return columns;
    }

    private static List<OutputColumn> named(List<OutputColumn> columns, List<String> labels) {
        List<OutputColumn> named = new ArrayList<>();
        for (int i = 0; i < Math.max(columns.size(), labels.size()); i++) {
            OutputColumn column = i < columns.size() ? columns.get(i) : new OutputColumn(UNNAMED, false, List.of());
            named.add(i < labels.size() ? new OutputColumn(labels.get(i), column.copied(), column.origins()) : column);
        }
        return named;
    }

    // ---- one SELECT

    /** All parts of a SELECT or a change stand side by side; sources come first, as they say what names mean. */
    private List<OutputColumn> select(SqlNode node, Items items, OutputScope scope) throws NotAnalysableException {
        for (SqlNode part : nodes(node)) {
            add(part, items, scope);
        }
        List<OutputColumn> columns = new ArrayList<>();
        List<SqlNode> parts = nodes(node);
        for (int i = 0; i < parts.size(); i++) {
            if (form(parts.get(i)) == Form.ITEM) {
                int first = i;
                while (first > 0 && Nodes.range(parts.get(i)).contains(Nodes.range(parts.get(first - 1)))) {
                    first--;
                }
                SqlNode next = i + 1 < parts.size() ? parts.get(i + 1) : null;
                columns.addAll(item(node, parts.get(i), parts.subList(first, i), next, items, scope));
            }
        }
        return columns;
    }

    private void add(SqlNode part, Items items, OutputScope scope) throws NotAnalysableException {
        Form form = form(part);
        if (form == Form.ALIASED_RELATION) {
            SqlNode alias = child(part, 1);
            SqlNode labels = child(part, 2);
            OutputScope.Source source = source(required(part, 0), alias == null ? null : label(alias), items);
            List<OutputColumn> columns = source.columns();
            scope.add(
                    labels == null || columns == null
                            ? source
                            : new OutputScope.Source(
                                    source.name(), named(columns, labels(nodes(labels))), source.relation()));
        } else if (form == Form.DERIVED) {
            List<String> labels = labels(nodes(part).subList(1, nodes(part).size()));
            List<OutputColumn> columns = query(required(part, 0), items, scope);
            scope.add(
                    labels.isEmpty()
                            ? new OutputScope.Source(null, columns, List.of())
                            : new OutputScope.Source(
                                    labels.get(0), named(columns, labels.subList(1, labels.size())), List.of()));
        } else if (form == Form.TABLE_FUNCTION) {
            scope.addFunction(origins(nodes(part), items, scope));
        }
    }

    private OutputScope.Source source(SqlNode relation, @Nullable String alias, Items items)
            throws NotAnalysableException {
        List<String> parts = References.names(tokens, identifier(relation));
        String name = alias == null ? parts.get(parts.size() - 1) : alias;
        List<OutputColumn> item = parts.size() == 1 ? items.known().get(parts.get(0)) : null;
        if (item != null) {
            return new OutputScope.Source(name, item, parts);
        }
        List<String> columns = columnsOf.apply(parts);
        step(columns.size());
        return new OutputScope.Source(
                name,
                columns.isEmpty()
                        ? null
                        : columns.stream()
                                .map(column -> new OutputColumn(column, true, List.of(new Origin(parts, column))))
                                .toList(),
                parts);
    }

    private List<OutputColumn> item(
            SqlNode select, SqlNode item, List<SqlNode> parts, @Nullable SqlNode next, Items items, OutputScope scope)
            throws NotAnalysableException {
        SqlNode only = parts.size() == 1 && Nodes.range(parts.get(0)).equals(Nodes.range(item)) ? parts.get(0) : null;
        Form form = only == null ? Form.EXPRESSION : form(only);
        if (only != null && (form == Form.STAR || form == Form.COLUMN_STAR)) {
            List<String> qualifier = form == Form.STAR ? List.of() : References.names(tokens, identifier(only));
            return star(select, qualifier, scope);
        }
        List<Origin> origins = origins(parts, items, scope);
        String name = next != null && isLabel(next, Nodes.to(item)) ? label(next) : name(parts);
        boolean copied = only != null
                && form == Form.COLUMN
                && origins.size() == 1
                && scope.copies(References.names(tokens, identifier(only)));
        return List.of(new OutputColumn(name, copied, origins));
    }

    /** True for the label of a column whose expression ends there, with AS or without it. */
    private boolean isLabel(SqlNode node, int end) throws NotAnalysableException {
        return form(node) == Form.LABEL
                && (Nodes.from(node) == end || Nodes.from(node) == end + 1 && tokens.isWord(end, "as"));
    }

    /** The columns of all sources in order, unless some are merged by USING or NATURAL, or not known. */
    private List<OutputColumn> star(SqlNode select, List<String> qualifier, OutputScope scope)
            throws NotAnalysableException {
        String name = qualifier.isEmpty() ? null : qualifier.get(qualifier.size() - 1);
        List<OutputScope.Source> sources = scope.sources(name);
        boolean merges = name == null && sources.size() > 1 && merges(select);
        boolean unknown = sources.isEmpty()
                || sources.stream().anyMatch(source -> source.columns() == null)
                || name == null && scope.hasFunctions();
        if (merges || unknown) {
            Set<Origin> origins = new LinkedHashSet<>(scope.functions());
            sources.forEach(source -> origins.addAll(source.all()));
            return List.of(new OutputColumn("*", false, List.copyOf(origins)));
        }
        List<OutputColumn> columns = new ArrayList<>();
        for (OutputScope.Source source : sources) {
            List<OutputColumn> known = source.columns();
            step(known == null ? 0 : known.size());
            columns.addAll(known == null ? List.of() : known);
        }
        return columns;
    }

    private boolean merges(SqlNode select) {
        for (int i = Nodes.from(select); i < Nodes.to(select); i++) {
            if (tokens.isWord(i, "using") || tokens.isWord(i, "natural")) {
                return true;
            }
        }
        return false;
    }

    /** As PostgreSQL names a column without a label, but for the words of special syntax. */
    private String name(List<SqlNode> parts) throws NotAnalysableException {
        SqlNode last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
        if (last != null && form(last) == Form.LABEL && tokens.is(Nodes.from(last) - 1, ".")) {
            return label(last);
        }
        for (Form form : List.of(Form.FUNCTION, Form.COLUMN)) {
            for (SqlNode part : parts) {
                if (form(part) == form) {
                    List<String> names = References.names(tokens, identifier(part));
                    boolean whole = form == Form.FUNCTION || parts.size() == 1;
                    return whole ? names.get(names.size() - 1) : UNNAMED;
                }
            }
        }
        return UNNAMED;
    }

    // ---- expressions

    private List<Origin> origins(List<SqlNode> parts, Items items, OutputScope scope) throws NotAnalysableException {
        Set<Origin> origins = new LinkedHashSet<>();
        for (SqlNode part : parts) {
            step(1 + origins.size());
            switch (form(part)) {
                case COLUMN -> origins.addAll(scope.find(References.names(tokens, identifier(part))));
                case COLUMN_STAR -> {
                    List<String> names = References.names(tokens, identifier(part));
                    origins.addAll(scope.row(names.get(names.size() - 1)));
                }
                case SUBQUERY ->
                    query(required(part, 0), items, scope).forEach(column -> origins.addAll(column.origins()));
                case EXPRESSION -> origins.addAll(origins(nodes(part), items, scope));
                default -> {}
            }
        }
        return List.copyOf(origins);
    }

    private String label(SqlNode node) throws NotAnalysableException {
        return References.names(tokens, identifier(node)).get(0);
    }

    private List<String> labels(List<SqlNode> nodes) throws NotAnalysableException {
        List<String> labels = new ArrayList<>();
        for (SqlNode node : nodes) {
            if (form(node) == Form.LABEL) {
                labels.add(label(node));
            }
        }
        return labels;
    }
}
