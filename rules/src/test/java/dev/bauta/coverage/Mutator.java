package dev.bauta.coverage;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes texts out of statements by changing tokens, operators, names, quotes, comments, and white space: most of them are close to
 * valid ones, and many are valid.
 */
final class Mutator {
    private static final List<String> SPACES = List.of(
            " ",
            "",
            "\n",
            "\t",
            "\r",
            "\f",
            "\r\n",
            "/**/",
            "/* /* ' */ \" */",
            "--\n",
            " -- '\n",
            "--\r",
            " /*;*/ ",
            "\u000b",
            "\u00a0");
    private static final List<String> SCRAPS = List.of(
            "'", "\"", "$", "\\", "/", "*", "-", "+", ";", ":", ".", ",", "(", ")", "[", "]", "<", ">", "=", "!", "@",
            "#", "%", "^", "&", "|", "`", "~", "_", "0", "1", "e", "E'", "U&'", "U&\"", "N'", "B'", "X'", "$$", "$a$",
            "$1", "''", "\"\"", "--", "/*", "*/", "é", "\u2028", "𝒳", "::", ":=", "=>", "..", "\n", " ");
    private static final List<String> OPERATORS = List.of(
            "+",
            "-",
            "*",
            "/",
            "%",
            "^",
            "<",
            ">",
            "=",
            "<=",
            ">=",
            "<>",
            "!=",
            "||",
            "->",
            "->>",
            "#>",
            "@>",
            "<@",
            "&&",
            "~",
            "!~*",
            "|/",
            "@-",
            "=-",
            "+-",
            "*-",
            "/ *",
            "- -",
            "@-- x +\n",
            "+-- '\n",
            "=/* ; x + */",
            "</**/>",
            "*/",
            "::",
            "OPERATOR(pg_catalog.+)",
            "AND",
            "OR",
            "NOT",
            "LIKE",
            "IS",
            "IN",
            "BETWEEN",
            "COLLATE",
            "AT TIME ZONE",
            "SIMILAR TO",
            "IS NOT DISTINCT FROM",
            "OVERLAPS",
            "ISNULL");
    private static final List<String> WORDS = List.of(
            "SELECT",
            "FROM",
            "WHERE",
            "ONLY",
            "LATERAL",
            "TABLE",
            "VALUES",
            "WITH",
            "RECURSIVE",
            "AS",
            "JOIN",
            "LEFT",
            "NATURAL",
            "CROSS",
            "USING",
            "ON",
            "UNION",
            "EXCEPT",
            "ALL",
            "DISTINCT",
            "ORDER",
            "BY",
            "GROUP",
            "HAVING",
            "LIMIT",
            "OFFSET",
            "FETCH",
            "FOR",
            "UPDATE",
            "SET",
            "INTO",
            "INSERT",
            "DELETE",
            "MERGE",
            "RETURNING",
            "DEFAULT",
            "NULL",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "EXISTS",
            "ARRAY",
            "ROW",
            "ROWS",
            "CAST",
            "INTERVAL",
            "DOUBLE",
            "PRECISION",
            "TIME",
            "ZONE",
            "CHARACTER",
            "VARYING",
            "NATIONAL",
            "NUMERIC",
            "BIT",
            "OVER",
            "PARTITION",
            "FILTER",
            "WITHIN",
            "WINDOW",
            "RANGE",
            "GROUPS",
            "CURRENT",
            "TABLESAMPLE",
            "REPEATABLE",
            "ORDINALITY",
            "COLLATION",
            "EXTRACT",
            "OVERLAY",
            "POSITION",
            "SUBSTRING",
            "TRIM",
            "XMLTABLE",
            "JSON",
            "JSON_OBJECT",
            "JSON_TABLE",
            "FORMAT",
            "VALUE",
            "KEY",
            "TEMP",
            "UNLOGGED",
            "NESTED",
            "PATH",
            "COLUMNS",
            "SETOF",
            "OPERATOR",
            "VARIADIC",
            "SYMMETRIC",
            "ESCAPE",
            "UESCAPE",
            "MATERIALIZED",
            "SEARCH",
            "CYCLE",
            "GROUPING",
            "SETS",
            "CUBE",
            "a",
            "t",
            "s.t",
            "\"T\"",
            "U&\"\\0061\"",
            "f(1)",
            "*",
            "t.*",
            "1",
            "1.5",
            "'x'",
            "$1",
            "(SELECT 1 FROM u)",
            "(TABLE v)");

    private final Random random;
    private final List<String> statements;

    Mutator(Random random, List<String> statements) {
        this.random = random;
        this.statements = statements;
    }

    /** The next text. */
    String next() {
        List<String> pieces = pieces(pick(statements));
        do {
            change(pieces);
        } while (random.nextInt(4) == 0);
        String text = String.join("", pieces);
        return random.nextInt(6) == 0 ? scratch(text) : text;
    }

    /** Tokens, each with what stands before it: white space and comments have even indexes, tokens odd ones. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        try {
            Tokens tokens = Lexer.lex(text, LexerSettings.SERVER);
            for (int i = 0; i < tokens.size(); i++) {
                pieces.add(text.substring(at, tokens.start(i)));
                pieces.add(tokens.source(i));
                at = tokens.end(i);
            }
        } catch (LexicalException e) {
            pieces.add("");
            pieces.add(text);
            at = text.length();
        }
        pieces.add(text.substring(at));
        return pieces;
    }

    private void change(List<String> pieces) {
        int gap = 2 * random.nextInt(pieces.size() / 2 + 1);
        int token = Math.max(1, gap - 1);
        if (pieces.size() < 3) {
            return;
        }
        switch (random.nextInt(9)) {
            case 0 -> pieces.set(gap, pick(SPACES));
            case 1 -> pieces.set(token, pick(WORDS));
            case 2 -> insert(pieces, gap, pick(WORDS));
            case 3 -> insert(pieces, gap, pick(OPERATORS));
            case 4 -> pieces.subList(token, token + 2).clear();
            case 5 -> pieces.set(token, respelt(pieces.get(token)));
            case 6 -> insert(pieces, gap, pieces.get(1 + 2 * random.nextInt(pieces.size() / 2)));
            case 7 -> pieces.set(token, pick(OPERATORS));
            default -> graft(pieces, gap);
        }
    }

    private static void insert(List<String> pieces, int gap, String token) {
        pieces.add(gap, token);
        pieces.add(gap, " ");
    }

    /** A part of another statement. */
    private void graft(List<String> pieces, int gap) {
        List<String> other = pieces(pick(statements));
        int tokens = other.size() / 2;
        if (tokens == 0) {
            return;
        }
        int from = random.nextInt(tokens);
        int to = Math.min(tokens, from + 1 + random.nextInt(8));
        pieces.addAll(gap, other.subList(2 * from, 2 * to));
        pieces.set(gap, " ");
    }

    /** The same token written otherwise, or one that looks like it. */
    private String respelt(String token) {
        return switch (random.nextInt(7)) {
            case 0 -> token.toUpperCase(Locale.ROOT);
            case 1 -> "\"" + token.replace("\"", "\"\"") + "\"";
            case 2 -> "U&\"" + token.replace("\"", "\"\"").replace("\\", "\\\\") + "\"";
            case 3 -> "'" + token.replace("'", "''") + "'";
            case 4 -> pick(List.of("E", "U&", "N", "B", "X", "e", "$", "$q$", "-", "s.", "_")) + token;
            case 5 ->
                token
                        + pick(List.of(
                                "'",
                                "\"",
                                "$",
                                "$q$",
                                ".x",
                                "x",
                                "1",
                                "::int",
                                "[1]",
                                "()",
                                " UESCAPE '!'",
                                "\n'x'",
                                ";"));
            default -> "$q$" + token + "$q$";
        };
    }

    /** Puts a few characters in, or takes one out, anywhere. */
    private String scratch(String text) {
        int at = random.nextInt(text.length() + 1);
        if (at < text.length() && random.nextBoolean()) {
            return text.substring(0, at) + text.substring(text.offsetByCodePoints(at, 1));
        }
        return text.substring(0, at) + pick(SCRAPS) + text.substring(at);
    }

    private <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
