package dev.bauta.jdbc.wrap;

import dev.bauta.jdbc.BautaSQLException;
import dev.bauta.jdbc.ErrorObjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.CachedQuery;
import org.postgresql.core.JdbcCallParseInfo;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.postgresql.core.Query;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PreferQueryMode;

/** The PostgreSQL driver's connection: its scanner under the session's settings, and the state of its transaction. */
final class PgSide {
    private final BaseConnection raw;

    PgSide(BaseConnection raw) {
        this.raw = raw;
    }

    BaseConnection raw() {
        return raw;
    }

    boolean standardConformingStrings() {
        return raw.getStandardConformingStrings();
    }

    @Nullable
    String parameterStatus(String name) {
        return raw.getParameterStatus(name);
    }

    /** True when the driver cuts the text of a plain statement at semicolons (and turns {@code ??} into {@code ?} there). */
    boolean splitsPlainTexts() {
        return raw.getPreferQueryMode().compareTo(PreferQueryMode.EXTENDED) >= 0;
    }

    /** True when the driver puts constants, with parentheses around them, in the place of the parameters of prepared statements. */
    boolean writesParametersIntoTexts() {
        return raw.getPreferQueryMode() == PreferQueryMode.SIMPLE;
    }

    /** True when the driver makes one INSERT of many rows of a batch of a prepared INSERT. */
    boolean rewritesBatches() {
        return raw.getQueryExecutor().isReWriteBatchedInsertsEnabled();
    }

    /** A text as the query that the driver would read in it: all of it, where nothing is to be cut or filled. Null for other texts. */
    @Nullable
    ReadyQuery ready(String sql) {
        if (raw.getPreferQueryMode() != PreferQueryMode.EXTENDED || !ServerReading.isSentAsItIs(sql)) {
            return null;
        }
        NativeQuery all = new NativeQuery(sql, null, false, SqlCommand.BLANK);
        Query query = raw.getQueryExecutor().wrap(List.of(all));
        return new ReadyQuery(new CachedQuery(sql, query, false), sql, List.of(), List.of());
    }

    /** What the driver is going to send for a text. */
    List<NativeQuery> parse(String sql, boolean parameterized, List<String> returning) throws SQLException {
        return Parser.parseJdbcSql(
                sql,
                standardConformingStrings(),
                parameterized,
                parameterized || splitsPlainTexts(),
                rewritesBatches(),
                raw.getQueryExecutor().getQuoteReturningIdentifiers(),
                returning.toArray(new String[0]));
    }

    /** Where the parameters of a text of one statement stand in what the driver sends; none for several statements. */
    int[] bindPositions(String sql) {
        try {
            List<NativeQuery> pieces = parse(sql, true, List.of());
            return pieces.size() == 1 ? pieces.get(0).bindPositions : new int[0];
        } catch (SQLException e) {
            // Raised for bad RETURNING columns alone, and there are none.
            throw new IllegalStateException(e);
        }
    }

    /** Translates JDBC escapes where the text has them. */
    String withoutEscapes(JdbcText text) throws SQLException {
        return text.escapes() ? withoutEscapes(text.sql()) : text.sql();
    }

    /** Translates JDBC escapes. */
    String withoutEscapes(String sql) throws SQLException {
        return sql.indexOf('{') < 0 ? sql : Parser.replaceProcessing(sql, true, standardConformingStrings());
    }

    /** Translates a JDBC call escape; a text that is none comes back as it is. */
    String withoutCall(String sql) throws SQLException {
        JdbcCallParseInfo call = Parser.modifyJdbcCall(
                sql,
                standardConformingStrings(),
                raw.getQueryExecutor().getServerVersionNum(),
                raw.getQueryExecutor().getEscapeSyntaxCallMode());
        return call.getSql();
    }

    /** {@code pg_type.oid} by a name of the PostgreSQL driver's, 0 for none. */
    int typeOf(String name) throws SQLException {
        return raw.getTypeInfo().getPGType(name);
    }

    /** The same of the array type of what has a name. */
    int arrayTypeOf(String element) throws SQLException {
        return raw.getTypeInfo().getPGArrayType(element);
    }

    /** True inside a transaction, failed or not. */
    boolean inTransaction() {
        return raw.getTransactionState() != TransactionState.IDLE;
    }

    /** True inside a failed transaction. */
    boolean isFailed() {
        return raw.getTransactionState() == TransactionState.FAILED;
    }

    interface Answer<T> {
        T read(ResultSet rows) throws SQLException;
    }

    /** Asks the server, in the transaction that there is, and otherwise in none. */
    <T> T ask(String question, Answer<T> answer) throws SQLException {
        boolean begins = !raw.getAutoCommit() && !inTransaction();
        if (begins) {
            raw.setAutoCommit(true);
        }
        try (Statement statement = raw.createStatement();
                ResultSet result = statement.executeQuery(question)) {
            return answer.read(result);
        } finally {
            if (begins && !raw.isClosed()) {
                raw.setAutoCommit(false);
            }
        }
    }

    /**
     * Closes the connection where the driver has lost count of the server's answers, as it can in simple query mode: what Bauta asks would be
     * answered by what the application has asked before.
     */
    void requireInStep() throws SQLException {
        String asked = UUID.randomUUID().toString();
        boolean answered = ask("SELECT '" + asked + "'", rows -> rows.next() && asked.equals(rows.getString(1)));
        if (answered) {
            return;
        }
        raw.close();
        throw new BautaSQLException(
                "The PostgreSQL driver took an answer for that to another statement, so the connection was closed.",
                "08P01",
                null,
                0,
                ErrorObjects.NONE);
    }

    /**
     * Brings the transaction into the state in which an error of the server would have left it.
     *
     * @return an error that the server answers instead of the expected one, such as 25P02
     */
    @Nullable
    SQLException failTransaction() {
        try {
            if (!raw.getAutoCommit() || inTransaction()) {
                runFailingStatement();
            }
            return null;
        } catch (SQLException e) {
            return "42704".equals(e.getSQLState()) ? null : e;
        }
    }

    private void runFailingStatement() throws SQLException {
        try (Statement statement = raw.createStatement()) {
            statement.execute("SELECT NULL::pg_catalog.\"bauta: statement refused\"");
        }
        throw new IllegalStateException("the statement that fails a transaction did not fail");
    }
}
