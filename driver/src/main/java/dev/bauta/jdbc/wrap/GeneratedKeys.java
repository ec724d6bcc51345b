package dev.bauta.jdbc.wrap;

import dev.bauta.jdbc.BautaSQLException;
import dev.bauta.refusal.RefusalCode;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.postgresql.core.NativeQuery;

/**
 * The RETURNING clause that the PostgreSQL driver appends when generated keys are asked for. It is appended here before the
 * text is decided, so that what it returns is masked like everything else; the driver finds it there and adds none.
 */
final class GeneratedKeys {
    /** As the driver begins it. */
    private static final String CLAUSE = "\nRETURNING ";

    private GeneratedKeys() {}

    /** The text with the clause that the driver would append. */
    static String append(JdbcText text, String sql, PgSide pg) throws SQLException {
        if (text.returning().isEmpty()) {
            return sql;
        }
        List<NativeQuery> plain = pg.parse(sql, text.parameterized(), List.of());
        List<NativeQuery> returning = pg.parse(sql, text.parameterized(), text.returning());
        if (returning.size() != 1 || plain.size() != 1) {
            return requireUnchanged(plain, returning, sql);
        }
        String asked = returning.get(0).nativeSql;
        String clause = asked.substring(common(plain.get(0).nativeSql, asked));
        if (!clause.isEmpty() && !clause.startsWith(CLAUSE)) {
            throw severalStatements(); // One that the driver does not cut at semicolons, and spoils.
        }
        return plain.get(0).nativeSql.equals(asked) ? sql : withoutSemicolon(sql) + clause;
    }

    /** How many characters two texts have in common from their start. */
    private static int common(String one, String other) {
        int end = Arrays.mismatch(one.toCharArray(), other.toCharArray());
        return end < 0 ? one.length() : end;
    }

    private static String requireUnchanged(List<NativeQuery> plain, List<NativeQuery> returning, String sql)
            throws SQLException {
        if (texts(plain).equals(texts(returning))) {
            return sql;
        }
        throw severalStatements();
    }

    private static BautaSQLException severalStatements() {
        return BautaSQLException.of(
                RefusalCode.NOT_ANALYSABLE,
                "generated keys of a text of several statements",
                "Send each statement by itself, or write RETURNING.");
    }

    private static List<String> texts(List<NativeQuery> queries) {
        return queries.stream().map(query -> query.nativeSql).toList();
    }

    private static String withoutSemicolon(String sql) {
        int end = sql.length();
        while (end > 0 && (sql.charAt(end - 1) == ';' || Character.isWhitespace(sql.charAt(end - 1)))) {
            end--;
        }
        return sql.substring(0, end);
    }
}
