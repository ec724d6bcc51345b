package dev.bauta.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes queries over the oracle's catalog, each valid on tables and on views, and with one right answer. */
final class QueryGenerator {
    private static final List<Source> RELATIONS = List.of(
            new Source("customers", "customers", "id i,name t,email t,phone t,born d,credit n,region_id i,note t"),
            new Source("hr.employees", "employees", "id i,\"Full Name\" t,salary i,boss i"),
            new Source("orders", "orders", "id i,customer_id i,total n"),
            new Source("customer_contacts", "customer_contacts", "id i,email t,shout t,region_id i"),
            new Source("events", "events", "id i,who t,at d"),
            new Source("public.customers", "customers", "id i,name t,credit n,region_id i"),
            new Source("archive.customers", "customers", "id i,closed d"),
            new Source("regions", "regions", "id i,name t"));
    private static final String TYPES = "itdn";

    private final Choices choices;
    private final List<Source> ctes = new ArrayList<>();
    private int aliases;

    QueryGenerator(Choices choices) {
        this.choices = choices;
    }

    /** A column and its type's letter: i, t, d, n. */
    record Field(String name, char type) {}

    /** Something to stand in FROM, the name its columns are qualified by, and its columns. */
    record Source(String sql, String alias, List<Field> fields) {
        Source(String sql, String alias, String fields) {
            this(sql, alias, parse(fields));
        }

        private static List<Field> parse(String fields) {
            List<Field> parsed = new ArrayList<>();
            for (String field : fields.split(",")) {
                int last = field.length() - 1;
                parsed.add(new Field(field.substring(0, last - 1), field.charAt(last)));
            }
            return parsed;
        }
    }

    String statement() {
        StringBuilder with = new StringBuilder();
        int count = choices.onceIn(4) ? 1 + choices.below(2) : 0;
        for (int i = 0; i < count; i++) {
            String types = types(1 + choices.below(3));
            String name = choices.onceIn(3) ? "customers" : alias();
            String hint = choices.onceIn(4) ? "MATERIALIZED " : "";
            with.append(i == 0 ? "WITH " : ", ").append(name).append(columnList(types));
            with.append(" AS ")
                    .append(hint)
                    .append('(')
                    .append(query(2, List.of(), types))
                    .append(')');
            ctes.add(new Source(name, name, fields(types)));
        }
        String body = choices.onceIn(5) ? stars() : query(3, List.of(), types(1 + choices.below(4)));
        return with + (count == 0 ? "" : " ") + body;
    }

    private String stars() {
        List<Source> from = new ArrayList<>();
        String clause = from(2, List.of(), from);
        Source source = choices.of(from);
        String item = choices.of(
                List.of("*", source.alias + ".*", source.alias + "::text", "row_to_json(" + source.alias + ")::text"));
        return "SELECT " + item + clause + where(1, from);
    }

    /** A query whose columns have the types; they are called c1, c2 and so on. */
    private String query(int depth, List<Source> outer, String types) {
        if (depth > 1 && choices.onceIn(7)) {
            String operator = choices.of(List.of(" UNION ALL ", " UNION ", " INTERSECT ", " EXCEPT ", " EXCEPT ALL "));
            return "(" + query(depth - 1, outer, types) + ")" + operator + "(" + query(depth - 1, outer, types) + ")"
                    + limit(types);
        }
        List<Source> from = new ArrayList<>();
        String clause = from(depth, outer, from);
        List<Source> scope = new ArrayList<>(from);
        String where = where(depth, join(scope, outer));
        return choices.onceIn(4)
                ? aggregate(scope, types, clause + where)
                : plain(depth, join(scope, outer), types, clause + where);
    }

    private static List<Source> join(List<Source> inner, List<Source> outer) {
        List<Source> all = new ArrayList<>(inner);
        all.addAll(outer);
        return all;
    }

    private String plain(int depth, List<Source> scope, String types, String rest) {
        String distinct = choices.onceIn(6) ? "DISTINCT " : "";
        String items = list(
                types,
                type -> distinct.isEmpty() && choices.onceIn(8)
                        ? window(type, scope)
                        : expression(depth - 1, scope, type));
        return "SELECT " + distinct + items + rest + limit(types);
    }

    private String aggregate(List<Source> scope, String types, String rest) {
        List<String> groups = new ArrayList<>();
        String items = list(types, type -> {
            if (choices.onceIn(2)) {
                return aggregateOf(type, scope);
            }
            groups.add(column(scope, type));
            return groups.get(groups.size() - 1);
        });
        String style = choices.of(List.of("%s", "%s", "ROLLUP (%s)", "CUBE (%s)", "GROUPING SETS ((%s), ())"));
        String grouping = groups.isEmpty() ? "" : " GROUP BY " + style.formatted(String.join(", ", groups));
        String having = choices.onceIn(4) ? " HAVING count(*) > " + choices.below(3) : "";
        return "SELECT " + items + rest + grouping + having + limit(types);
    }

    private static String list(String types, java.util.function.Function<Character, String> item) {
        return IntStream.range(0, types.length())
                .mapToObj(i -> item.apply(types.charAt(i)) + " AS c" + (i + 1))
                .collect(Collectors.joining(", "));
    }

    /** An order of all columns leaves only rows that are equal in any order, so that a limit has one right answer. */
    private String limit(String types) {
        if (!choices.onceIn(5)) {
            return "";
        }
        String order = IntStream.rangeClosed(1, types.length())
                .mapToObj(i -> i + (choices.onceIn(3) ? " DESC" : ""))
                .collect(Collectors.joining(", ", " ORDER BY ", ""));
        return order + choices.of(List.of("", " LIMIT 3", " OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY"));
    }

    private String from(int depth, List<Source> outer, List<Source> scope) {
        StringBuilder clause = new StringBuilder(" FROM ").append(item(depth, outer, scope));
        int joins = choices.onceIn(2) ? 1 + choices.below(2) : 0;
        for (int i = 0; i < joins; i++) {
            switch (choices.below(6)) {
                case 0 -> clause.append(", ").append(item(depth, outer, scope));
                case 1 -> clause.append(" CROSS JOIN ").append(item(depth, outer, scope));
                case 2 ->
                    clause.append(" JOIN ").append(item(depth, outer, scope)).append(on(scope));
                case 3 ->
                    clause.append(" LEFT JOIN ")
                            .append(item(depth, outer, scope))
                            .append(on(scope));
                case 4 -> clause.append(" NATURAL JOIN ").append(item(depth, outer, scope));
                default ->
                    clause.append(" FULL JOIN ")
                            .append(item(depth, outer, scope))
                            .append(equal(scope));
            }
        }
        return clause.toString();
    }

    private String on(List<Source> scope) {
        return choices.onceIn(3) ? " ON " + condition(0, scope) : equal(scope);
    }

    private String equal(List<Source> scope) {
        List<Source> last = scope.subList(scope.size() - 1, scope.size());
        return " ON " + column(last, 'i') + " = " + column(scope.subList(0, scope.size() - 1), 'i');
    }

    private String item(int depth, List<Source> outer, List<Source> scope) {
        if (depth > 1 && choices.onceIn(4)) {
            String types = types(1 + choices.below(3));
            boolean lateral = !scope.isEmpty() && choices.onceIn(2);
            String alias = alias();
            String sql = (lateral ? "LATERAL (" : "(") + query(depth - 1, outer, types) + ") AS " + alias;
            scope.add(new Source(sql, alias, fields(types)));
            return sql;
        }
        boolean cte = !ctes.isEmpty() && choices.onceIn(3);
        Source source = choices.of(cte ? ctes : RELATIONS);
        if (mayGoWithoutAlias(source) && choices.onceIn(4)) {
            scope.add(source);
            return source.sql;
        }
        String alias = alias();
        scope.add(new Source(source.sql, alias, source.fields));
        return source.sql + (choices.onceIn(2) ? " AS " : " ") + alias;
    }

    /**
     * PostgreSQL lets two tables of one name, in different schemas, stand side by side without aliases. Rewritten, the second has
     * an alias of that name and is rejected: a known difference.
     */
    private static boolean mayGoWithoutAlias(Source source) {
        return !source.sql.equals("archive.customers");
    }

    private String where(int depth, List<Source> scope) {
        return choices.onceIn(2) ? " WHERE " + condition(depth, scope) : "";
    }

    private String condition(int depth, List<Source> scope) {
        char type = TYPES.charAt(choices.below(TYPES.length()));
        String left = expression(0, scope, type);
        int kind = choices.below(depth > 0 ? 11 : 7);
        return switch (kind) {
            case 0 -> left + choices.of(List.of(" = ", " <> ", " < ", " >= ")) + expression(0, scope, type);
            case 1 -> left + " IS NOT NULL";
            case 2 -> left + " IS DISTINCT FROM " + expression(0, scope, type);
            case 3 -> left + " IN (" + expression(0, scope, type) + ", " + constant(type) + ")";
            case 4 -> left + " BETWEEN " + constant(type) + " AND " + expression(0, scope, type);
            case 5 -> "(" + left + ", 1) < (" + expression(0, scope, type) + ", 2)";
            case 6 -> expression(0, scope, 't') + choices.of(List.of(" LIKE ", " ILIKE ", " ~ ")) + "'A'";
            case 7 -> left + " IN (" + query(depth - 1, scope, String.valueOf(type)) + ")";
            case 8 -> "NOT EXISTS (" + query(depth - 1, scope, "i") + ")";
            case 9 -> left + " > ALL (" + query(depth - 1, scope, String.valueOf(type)) + ")";
            default ->
                "(" + condition(depth - 1, scope) + choices.of(List.of(" AND ", " OR ")) + "NOT "
                        + condition(depth - 1, scope) + ")";
        };
    }

    private String expression(int depth, List<Source> scope, char type) {
        int kind = choices.below(depth > 0 ? 8 : 6);
        return switch (kind) {
            case 0, 1 -> column(scope, type);
            case 2 -> constant(type);
            case 3 -> "coalesce(" + column(scope, type) + ", " + constant(type) + ")";
            case 4 -> operation(scope, type);
            case 5 ->
                "(CASE WHEN " + condition(0, scope) + " THEN " + column(scope, type) + " ELSE " + constant(type)
                        + " END)";
            case 6 ->
                "(SELECT " + choices.of(List.of("min", "max")) + "(s.c1) FROM ("
                        + query(depth, scope, String.valueOf(type)) + ") AS s)";
            default -> "(ARRAY[" + column(scope, type) + ", " + constant(type) + "])[1]";
        };
    }

    private String operation(List<Source> scope, char type) {
        String column = column(scope, type);
        return switch (type) {
            case 'i' -> "(" + column + " + " + column(scope, 'i') + ")";
            case 't' ->
                choices.of(List.of("upper(" + column + ")", "(" + column + " || 'x')", column + "::varchar(2)"));
            case 'd' -> "(" + column + " + 1)";
            default -> "(" + column + " * 2)::numeric(12,1)";
        };
    }

    private String window(char type, List<Source> scope) {
        String frame = " OVER (PARTITION BY " + column(scope, 't') + ")";
        return choices.of(List.of("min", "max")) + "(" + column(scope, type) + ")" + frame;
    }

    private String aggregateOf(char type, List<Source> scope) {
        String filter = choices.onceIn(4) ? " FILTER (WHERE " + condition(0, scope) + ")" : "";
        String column = column(scope, type);
        return switch (type) {
            case 'i' -> "count(" + choices.of(List.of("*", column, "DISTINCT " + column)) + ")" + filter + "::int";
            case 't' -> "string_agg(" + column + ", ',' ORDER BY " + column + ")" + filter;
            case 'd' -> "max(" + column + ")" + filter;
            default -> "sum(" + column + ")" + filter;
        };
    }

    private String column(List<Source> scope, char type) {
        List<String> columns = new ArrayList<>();
        for (Source source : scope) {
            for (Field field : source.fields) {
                if (field.type == type) {
                    columns.add(source.alias + "." + field.name);
                }
            }
        }
        return columns.isEmpty() ? constant(type) : choices.of(columns);
    }

    private String constant(char type) {
        return switch (type) {
            case 'i' -> choices.of(List.of("1", "2", "3", "NULL::int"));
            case 't' -> choices.of(List.of("'x'::text", "'A****'::text", "'it''s'::text", "NULL::text"));
            case 'd' -> choices.of(List.of("date '1912-01-01'", "date '2025-06-06'", "NULL::date"));
            default -> choices.of(List.of("100.00", "1.5", "NULL::numeric"));
        };
    }

    private String types(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.valueOf(TYPES.charAt(choices.below(TYPES.length()))))
                .collect(Collectors.joining());
    }

    private static List<Field> fields(String types) {
        return IntStream.range(0, types.length())
                .mapToObj(i -> new Field("c" + (i + 1), types.charAt(i)))
                .toList();
    }

    private static String columnList(String types) {
        return fields(types).stream().map(Field::name).collect(Collectors.joining(", ", " (", ")"));
    }

    private String alias() {
        return "a" + ++aliases;
    }
}
