package dev.bauta.gate;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;

/** What a statement's first tokens say it is. Closed: a statement that fits none of these is {@link Other}. */
public sealed interface StatementHead {
    /**
     * SELECT, WITH, VALUES, TABLE, INSERT, UPDATE, DELETE or MERGE, or a statement that carries one of these, such as
     * EXPLAIN, DECLARE, PREPARE, COPY (…) TO STDOUT and CREATE TEMP TABLE … AS.
     *
     * @param query the tokens of the query itself
     */
    record Query(TokenRange query) implements StatementHead {}

    /**
     * {@code COPY name [(columns)] TO STDOUT}.
     *
     * @param relation the tokens of the name and the column list
     */
    record CopyOut(TokenRange relation) implements StatementHead {}

    /**
     * {@code CREATE TEMP TABLE name …}, without or with AS.
     *
     * @param name token of the table's own name
     * @param query the tokens of the query behind AS; empty when there is none
     */
    record CreateTemporaryTable(int name, TokenRange query) implements StatementHead {}

    /**
     * {@code DROP TABLE name, …}: allowed for temporary tables.
     *
     * @param names the tokens of the names
     */
    record DropTable(TokenRange names) implements StatementHead {}

    /** {@code SET}, {@code RESET} or {@code SHOW}, decided by {@link SettingRules}. */
    record Setting() implements StatementHead {}

    /** A statement that reads and writes no relation, such as COMMIT, or one whose names alone decide, such as EXECUTE. */
    record Plain() implements StatementHead {}

    /** LOCK: harmless whatever it names. */
    record Lock() implements StatementHead {}

    /**
     * A statement that masked roles may not use.
     *
     * @param what it is, for the message
     */
    record Other(String what) implements StatementHead {}

    /** Classifies one statement. */
    static StatementHead of(Tokens tokens, TokenRange statement) {
        return new StatementHeads(tokens, statement.to()).classify(statement.from());
    }
}
