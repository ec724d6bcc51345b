package dev.bauta.gate;

import dev.bauta.catalog.UnsafeName.Attribute;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import java.util.Set;

/**
 * Names behind a point. Where PostgreSQL finds no column {@code b} for {@code (a).b} or {@code a.b}, it calls the function {@code b} with
 * {@code a}, or casts to the type {@code b}.
 *
 * <pre>
 *   ('SELECT …'::text).ts_stat                    a value
 *   $1.ts_stat, (array)[1].ts_stat                a value
 *   x.ts_stat FROM unnest(ARRAY['SELECT …']) x    the value that the function returns
 *   c.ts_stat FROM customers c                    a row
 * </pre>
 */
final class Attributes {
    /** Functions without parentheses, which can stand in FROM like others. */
    private static final Set<String> VALUE_FUNCTIONS = Set.of(
            "current_catalog",
            "current_date",
            "current_role",
            "current_schema",
            "current_time",
            "current_timestamp",
            "current_user",
            "localtime",
            "localtimestamp",
            "session_user",
            "system_user",
            "user");

    private Attributes() {}

    /** What the name would be an attribute of; {@link Attribute#NEVER} where it stands behind no point. In doubt it is of a value. */
    static Attribute find(Tokens tokens, TokenRange statement, int name) {
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
        boolean value = first == name - 2 && mayBeValue(tokens, statement, String.valueOf(tokens.name(first)));
        return value ? Attribute.OF_VALUE : Attribute.OF_ROW;
    }

    /** True where this may be the name of a function in FROM: what it returns need not be a row. */
    private static boolean mayBeValue(Tokens tokens, TokenRange statement, String relation) {
        if (VALUE_FUNCTIONS.contains(relation)) {
            return true;
        }
        for (int i = statement.from(); i < statement.to(); i++) {
            if (relation.equals(tokens.name(i))) {
                int before = tokens.isWord(i - 1, "as") ? i - 2 : i - 1;
                if (tokens.is(i + 1, "(") || endsFunction(tokens, statement, before)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean endsFunction(Tokens tokens, TokenRange statement, int i) {
        if (i < statement.from()) {
            return false;
        }
        if (!tokens.is(i, ")")) {
            String name = tokens.name(i);
            return name != null && VALUE_FUNCTIONS.contains(name);
        }
        int depth = 0;
        for (int open = i; open >= statement.from(); open--) {
            if (tokens.is(open, ")")) {
                depth++;
            } else if (tokens.is(open, "(") && --depth == 0) {
                return !beginsQuery(tokens, open + 1);
            }
        }
        return true;
    }

    /** All of these are reserved, but for VALUES, which is a key word where a parenthesis follows. */
    private static boolean beginsQuery(Tokens tokens, int i) {
        return tokens.isWord(i, "select")
                || tokens.isWord(i, "with")
                || tokens.isWord(i, "table")
                || tokens.isWord(i, "values") && tokens.is(i + 1, "(");
    }
}
