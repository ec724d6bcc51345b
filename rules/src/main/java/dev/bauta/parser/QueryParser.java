package dev.bauta.parser;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.generated.ParseException;
import dev.bauta.parser.generated.PostgresParser;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlNode;

/**
 * Parses one query statement: SELECT, VALUES, TABLE, INSERT, UPDATE, DELETE, MERGE, with or without WITH or parentheses.
 * Thread-safe.
 */
public final class QueryParser {
    /** How long a statement is at the most that is parsed, in UTF-16 units. */
    public static final int MOST_CHARACTERS = 1 << 20;

    /** How many tokens such a statement has at the most. */
    public static final int MOST_TOKENS = 100_000;

    private QueryParser() {}

    /**
     * Parses a statement.
     *
     * @param tokens the text's tokens
     * @param range the statement, without the semicolon that ends it
     * @throws NotAnalysableException for a statement that is none of these, is not understood in every part, or is too large
     */
    public static ParsedQuery parse(Tokens tokens, TokenRange range) throws NotAnalysableException {
        return analyse(tokens, range).query();
    }

    /**
     * Finds where the columns of a statement's result come from.
     *
     * @param columnsOf the columns of a relation by the parts of its name, in order; empty for one that is not known
     * @throws NotAnalysableException like {@link #parse}
     */
    public static List<OutputColumn> outputs(
            Tokens tokens, TokenRange range, Function<List<String>, List<String>> columnsOf)
            throws NotAnalysableException {
        return read(tokens, range, (tree, words) -> new OutputReader(tokens, columnsOf).read(tree));
    }

    /** Like {@link #parse}; gives the references to WITH items too. */
    static Resolver analyse(Tokens tokens, TokenRange range) throws NotAnalysableException {
        return read(tokens, range, (tree, words) -> new Resolver(tokens, words, tree));
    }

    /** What is made of a tree and the words that were read as key words. */
    private interface Reading<T> {
        T of(SqlNode tree, BitSet keyWords) throws NotAnalysableException;
    }

    private static <T> T read(Tokens tokens, TokenRange range, Reading<T> reading) throws NotAnalysableException {
        Limits.require(tokens, range);
        PostgresParser parser = new PostgresParser(new TokenSource(tokens, range));
        try {
            SqlNode tree = parser.parseSqlStmtEof();
            return reading.of(tree, keyWords(tokens, range, parser.names));
        } catch (ParseException e) {
            throw notUnderstood(e, range);
        } catch (StackOverflowError e) {
            throw new NotAnalysableException("the statement is nested too deeply", -1);
        } catch (NotAnalysableException e) {
            throw e;
        } catch (Exception e) {
            throw new NotAnalysableException("the parser failed on the statement", -1);
        }
    }

    private static NotAnalysableException notUnderstood(ParseException e, TokenRange range) {
        if (e.currentToken == null || e.currentToken.next == null) {
            // One of the grammar's own limits.
            return new NotAnalysableException(String.valueOf(e.getMessage()), -1);
        }
        int token = e.currentToken.next.beginColumn - 1;
        return token < range.to()
                ? new NotAnalysableException("the statement is not understood from this word or symbol on", token)
                : new NotAnalysableException("the statement ends too early", -1);
    }

    /** The words that were read as key words of the grammar: those that have such a kind and were not read as names. */
    private static BitSet keyWords(Tokens tokens, TokenRange range, BitSet names) {
        BitSet words = new BitSet(range.to());
        for (int i = range.from(); i < range.to(); i++) {
            if (tokens.isIdentifier(i) && TokenSource.isKeyWord(tokens, i) && !names.get(i)) {
                words.set(i);
            }
        }
        return words;
    }
}
