package dev.bauta.jdbc.wrap;

import dev.bauta.jdbc.BautaSQLException;
import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.Tokens;
import dev.bauta.refusal.RefusalCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * Makes sure that the server receives what was decided. The PostgreSQL driver cuts a text at semicolons and replaces
 * question marks by a scanner of its own, which is not quite the server's: it ends {@code E'a''b\''} one quote too early,
 * so that a statement hidden in a comment behind it would be sent as a statement. A text that the driver would cut or fill
 * otherwise than our lexer does is refused, and so is one in which a parameter would become part of a name.
 */
final class ServerReading {
    private static final Pattern OF_TRANSACTION =
            Pattern.compile("\\s*(set\\s+transaction|commit|end|rollback|abort)\\b", Pattern.CASE_INSENSITIVE);

    private ServerReading() {}

    /** True where the PostgreSQL driver has nothing to cut, fill or translate, unless it is asked for generated keys. */
    static boolean isSentAsItIs(String sql) {
        return sql.indexOf(';') < 0 && sql.indexOf('?') < 0 && sql.indexOf('{') < 0;
    }

    /**
     * Refuses a text that the PostgreSQL driver would not send as it was decided.
     *
     * @param standardConformingStrings the session's setting
     */
    static void require(JdbcText text, boolean standardConformingStrings, PgSide pg) throws SQLException {
        String sql = text.sql();
        boolean repeatable = text.parameterized() && pg.rewritesBatches();
        if (isSentAsItIs(sql) && text.returning().isEmpty() && !repeatable) {
            return;
        }
        boolean unescaped = !text.escapes()
                || Parser.replaceProcessing(sql, true, standardConformingStrings)
                        .equals(sql);
        List<String> sent = new ArrayList<>();
        boolean repeatsOtherwise = false;
        for (NativeQuery query : pg.parse(sql, text.parameterized(), text.returning())) {
            sent.add(query.nativeSql);
            repeatsOtherwise |= repeatable && !repeatsRows(query, standardConformingStrings);
        }
        boolean miscounted =
                text.parameterized() && pg.writesParametersIntoTexts() && isMiscounted(sent, standardConformingStrings);
        if (miscounted
                || repeatsOtherwise
                || !unescaped
                || !sent.equals(pieces(sql, text.parameterized(), standardConformingStrings, pg))) {
            throw BautaSQLException.of(
                    RefusalCode.NOT_ANALYSABLE,
                    "the PostgreSQL driver would not send this text as the server reads it",
                    "Send each statement by itself, and write no '' inside an E'…' constant.");
        }
    }

    private static List<String> pieces(String sql, boolean parameterized, boolean standardConformingStrings, PgSide pg)
            throws SQLException {
        if (!parameterized && !pg.splitsPlainTexts()) {
            return List.of(sql);
        }
        return pieces(lex(sql, new LexerSettings(standardConformingStrings, true)));
    }

    /**
     * True when what the driver would repeat to make one INSERT of a batch is, as the server reads it, the rows behind VALUES. The driver could
     * find that word in a constant that it ends too early, and what it repeats from there could stand outside of one.
     */
    private static boolean repeatsRows(NativeQuery query, boolean standardConformingStrings) throws SQLException {
        if (!query.command.isBatchedReWriteCompatible()) {
            return true;
        }
        Tokens tokens = lex(query.nativeSql, new LexerSettings(standardConformingStrings, false));
        int i = 0;
        while (i < tokens.size() && tokens.start(i) < query.command.getBatchRewriteValuesBraceOpenPosition()) {
            i++;
        }
        boolean rows = i > 0 && tokens.isWord(i - 1, "values");
        int depth = 0;
        for (; rows && i < tokens.size(); i++) {
            depth += tokens.is(i, "(") ? 1 : 0;
            rows = depth > 0 || tokens.is(i, ",");
            depth -= tokens.is(i, ")") ? 1 : 0;
            if (tokens.start(i) == query.command.getBatchRewriteValuesBraceClosePosition()) {
                return rows && depth == 0 && tokens.is(i, ")");
            }
        }
        return false;
    }

    /** True where the driver, sending each by a Query message, loses count of the server's answers at a comment alone. */
    private static boolean isMiscounted(List<String> sent, boolean standardConformingStrings) throws SQLException {
        for (int i = 0; i < sent.size() - 1; i++) {
            if (isEmpty(sent.get(i), standardConformingStrings)) {
                return true;
            }
        }
        return false;
    }

    /** True when there is no statement in the text. */
    static boolean isEmpty(String sql, boolean standardConformingStrings) throws SQLException {
        Tokens tokens = lex(sql, new LexerSettings(standardConformingStrings, true));
        for (int i = 0; i < tokens.size(); i++) {
            if (!tokens.is(i, ";")) {
                return false;
            }
        }
        return true;
    }

    /**
     * True for a statement that ends a transaction, or sets it, by itself. It names nothing; the server takes SET TRANSACTION before the first query
     * only, and whatever cannot be found out must not keep a transaction from its end.
     */
    static boolean isOfTransaction(String sql, boolean standardConformingStrings) throws SQLException {
        return mayBeOfTransaction(sql)
                && OF_TRANSACTION.matcher(sql).lookingAt()
                && statements(sql, standardConformingStrings) == 1;
    }

    /** False for nearly every statement: this is asked for each. */
    private static boolean mayBeOfTransaction(String sql) {
        int start = 0;
        while (start < sql.length() && Character.isWhitespace(sql.charAt(start))) {
            start++;
        }
        return start < sql.length()
                && ("cera".indexOf(Character.toLowerCase(sql.charAt(start))) >= 0
                        || sql.regionMatches(true, start, "set", 0, "set".length()));
    }

    /** How many statements the server reads in the text. */
    static int statements(String sql, boolean standardConformingStrings) throws SQLException {
        return pieces(lex(sql, new LexerSettings(standardConformingStrings, false)))
                .size();
    }

    /**
     * The text with parentheses around each parameter. With what the PostgreSQL driver writes in the place of a parameter when it sends no
     * parameters, {@code f ?} would else become the call {@code f ('x')}.
     */
    static String withParentheses(String sql, boolean standardConformingStrings) throws SQLException {
        if (sql.indexOf('?') < 0) {
            return sql;
        }
        Tokens tokens = lex(sql, new LexerSettings(standardConformingStrings, true));
        StringBuilder text = new StringBuilder(sql.length() + 8);
        int copied = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (isQuestionMark(tokens, i)) {
                text.append(sql, copied, tokens.start(i)).append("(?)");
                copied = tokens.end(i);
            }
        }
        return text.append(sql, copied, sql.length()).toString();
    }

    private static boolean isQuestionMark(Tokens tokens, int i) {
        return tokens.kind(i) == TokenKind.PARAMETER && tokens.source(i).equals("?");
    }

    /** True when the server reads an operator with a question mark in the text. */
    static boolean hasQuestionMarks(String sql, boolean standardConformingStrings) throws SQLException {
        Tokens tokens = lex(sql, new LexerSettings(standardConformingStrings, false));
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.kind(i) == TokenKind.OPERATOR && tokens.source(i).indexOf('?') >= 0) {
                return true;
            }
        }
        return false;
    }

    private static Tokens lex(String sql, LexerSettings settings) throws SQLException {
        try {
            return Lexer.lex(sql, settings);
        } catch (LexicalException e) {
            throw BautaSQLException.of(RefusalCode.SYNTAX, String.valueOf(e.getMessage()), "");
        }
    }

    private static List<String> pieces(Tokens tokens) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int parameters = 0;
        int copied = 0;
        for (int i = 0; i < tokens.size(); i++) {
            piece.append(tokens.text(), copied, tokens.start(i));
            copied = tokens.end(i);
            String source = tokens.source(i);
            if (tokens.is(i, ";")) {
                add(pieces, piece);
                parameters = 0;
            } else if (isQuestionMark(tokens, i)) {
                piece.append(growsTogether(tokens, i) ? " $" : "$").append(++parameters);
            } else {
                piece.append(tokens.kind(i) == TokenKind.OPERATOR ? source.replace("??", "?") : source);
            }
        }
        add(pieces, piece.append(tokens.text(), copied, tokens.text().length()));
        return pieces;
    }

    /** True where the server reads another name in {@code t$1}, or another parameter in {@code $12}, than was decided upon in {@code t?} or {@code ?2}. */
    private static boolean growsTogether(Tokens tokens, int i) {
        boolean before = i > 0 && tokens.end(i - 1) == tokens.start(i) && tokens.kind(i - 1) == TokenKind.WORD;
        boolean after = i + 1 < tokens.size()
                && tokens.start(i + 1) == tokens.end(i)
                && Character.isDigit(tokens.source(i + 1).charAt(0));
        return before || after;
    }

    private static void add(List<String> pieces, StringBuilder piece) {
        if (!piece.toString().isBlank()) {
            pieces.add(piece.toString());
        }
        piece.setLength(0);
    }
}
