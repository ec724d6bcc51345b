package dev.bauta.jdbc.wrap;

import org.postgresql.core.Parser;

/**
 * Question marks in the text of a plain statement, where the PostgreSQL driver takes {@code ?} for an operator. The engine
 * reads JDBC text, in which that is written {@code ??}; the PostgreSQL driver sends both as {@code ?}.
 */
final class QuestionMarks {
    private QuestionMarks() {}

    /** Doubles every single question mark outside literals, quoted names and comments. */
    static String toJdbc(String sql, boolean standardConformingStrings) {
        if (sql.indexOf('?') < 0) {
            return sql;
        }
        char[] text = sql.toCharArray();
        StringBuilder out = new StringBuilder(sql.length() + 8);
        for (int i = 0; i < text.length; i++) {
            int end = Math.min(endOfToken(text, i, standardConformingStrings), text.length - 1);
            if (text[i] == '?') {
                end = i + 1 < text.length && text[i + 1] == '?' ? i + 1 : i;
                out.append("??");
            } else {
                out.append(text, i, end - i + 1);
            }
            i = end;
        }
        return out.toString();
    }

    /** The last character of what starts at {@code i}, as the PostgreSQL driver reads it, whose reading counts here. */
    private static int endOfToken(char[] text, int i, boolean standardConformingStrings) {
        return switch (text[i]) {
            case '\'' -> Parser.parseSingleQuotes(text, i, standardConformingStrings);
            case '"' -> Parser.parseDoubleQuotes(text, i);
            case '-' -> Parser.parseLineComment(text, i);
            case '/' -> Parser.parseBlockComment(text, i);
            case '$' -> Parser.parseDollarQuotes(text, i);
            default -> i;
        };
    }
}
