package dev.bauta.gate;

import dev.bauta.catalog.UnsafeName.Attribute;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names behind a point. Where PostgreSQL finds no column {@code b} for {@code (a).b} or {@code a.b}, it calls the function {@code b} with
 * {@code a}, or casts to the type {@code b}.
 *
 * <pre>
 *   ('SELECT …'::text).ts_stat                    a value
 *   $1.ts_stat, (array)[1].ts_stat                a value
 *   x.ts_stat FROM unnest(ARRAY['SELECT …']) x    the value that the function returns
 *   btrim.ts_stat FROM TRIM('SELECT …')           the same, by the name that PostgreSQL gives it
 *   "text".ts_stat FROM CAST('SELECT …' AS text)  the same
 *   c.ts_stat FROM customers c                    a row
 * </pre>
 */
final class Attributes {
    /**
     * Names that functions in FROM have by themselves, although no parenthesis stands behind these: functions without parentheses, and what
     * PostgreSQL calls TRIM, COLLATION FOR and AT TIME ZONE.
     */
    private static final Set<String> VALUE_FUNCTIONS = Set.of(
            "btrim",
            "current_catalog",
            "current_date",
            "current_role",
            "current_schema",
            "current_time",
            "current_timestamp",
            "current_user",
            "date_part",
            "is_normalized",
            "localtime",
            "localtimestamp",
            "ltrim",
            "pg_collation_for",
            "rtrim",
            "session_user",
            "system_user",
            "timezone",
            "user");

    /** Names that a CAST to a type has whose name is made of key words, as in {@code CAST(x AS character varying)}. */
    private static final Set<String> CASTS = Set.of(
            "bit",
            "bool",
            "bpchar",
            "float4",
            "float8",
            "int2",
            "int4",
            "int8",
            "interval",
            "json",
            "numeric",
            "time",
            "timestamp",
            "timestamptz",
            "timetz",
            "varbit",
            "varchar");

    private final Tokens tokens;
    private final TokenRange statement;
    /** Names that may be those of functions in FROM, what they return need not be a row; null as long as nobody asks. */
    private @Nullable Set<String> values;

    /** For the names of one statement. Not thread-safe. */
    Attributes(Tokens tokens, TokenRange statement) {
        this.tokens = tokens;
        this.statement = statement;
    }

    /** What the name would be an attribute of; {@link Attribute#NEVER} where it stands behind no point. In doubt it is of a value. */
    Attribute find(int name) {
        int first = name;
        while (first - 1 > statement.from() && tokens.is(first - 1, ".")) {
            first -= 2;
            if (!tokens.isIdentifier(first)) {
                return Attribute.OF_VALUE;
            }
        }
        if (first == name) {
            return Attribute.NEVER;
        }
        boolean value = first == name - 2 && mayBeValue(String.valueOf(tokens.name(first)));
        return value ? Attribute.OF_VALUE : Attribute.OF_ROW;
    }

    private boolean mayBeValue(String relation) {
        if (values == null) {
            values = findValues();
        }
        return VALUE_FUNCTIONS.contains(relation) || values.contains(relation);
    }

    /** In one pass: a text can be long, and have many names behind points. A CAST is called as its type is, or what stands in it. */
    private Set<String> findValues() {
        Set<String> found = new HashSet<>();
        BitSet functionEnds = new BitSet();
        Deque<Boolean> queries = new ArrayDeque<>();
        int cast = Integer.MAX_VALUE;
        for (int i = statement.from(); i < statement.to(); i++) {
            String name = tokens.name(i);
            if (tokens.is(i, "(")) {
                queries.push(beginsQuery(i));
                if (tokens.isWord(i - 1, "cast")) {
                    found.addAll(CASTS);
                    cast = Math.min(cast, queries.size());
                }
            } else if (tokens.is(i, ")")) {
                functionEnds.set(i, queries.isEmpty() || !queries.pop());
                cast = queries.size() < cast ? Integer.MAX_VALUE : cast;
            } else if (name != null) {
                int before = tokens.isWord(i - 1, "as") ? i - 2 : i - 1;
                boolean alias = before >= statement.from() && (functionEnds.get(before) || isValueFunction(before));
                if (alias || tokens.is(i + 1, "(") || queries.size() >= cast) {
                    found.add(name);
                }
            }
        }
        return found;
    }

    private boolean isValueFunction(int token) {
        String name = tokens.name(token);
        return name != null && VALUE_FUNCTIONS.contains(name);
    }

    /**
     * Whether what stands behind an opening parenthesis is a query that gives rows: not that of {@code JSON_ARRAY(SELECT …)}. All of these words
     * are reserved, but for VALUES, which is a key word where a parenthesis follows.
     */
    private boolean beginsQuery(int open) {
        int i = open + 1;
        boolean query = tokens.isWord(i, "select")
                || tokens.isWord(i, "with")
                || tokens.isWord(i, "table")
                || tokens.isWord(i, "values") && tokens.is(i + 1, "(");
        return query && !tokens.isWord(open - 1, "json_array");
    }
}
