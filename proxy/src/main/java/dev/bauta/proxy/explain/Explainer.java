package dev.bauta.proxy.explain;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.engine.Decision;
import dev.bauta.engine.Engine;
import dev.bauta.engine.Lineage;
import dev.bauta.engine.Outcome;
import dev.bauta.engine.ResultColumn;
import dev.bauta.engine.Session;
import dev.bauta.engine.StatementFacts;
import dev.bauta.engine.StatementFacts.ProtectedColumn;
import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Principal;
import dev.bauta.policy.Protection;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.policy.RolePolicies;
import dev.bauta.policy.SearchPath;
import dev.bauta.proxy.postgres.SafePath;
import dev.bauta.rulefile.RuleSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGResultSetMetaData;

/**
 * Explains decisions on a live database. Statements are described by PostgreSQL, which runs nothing for that. Not thread-safe; the
 * connection is the caller's.
 */
public final class Explainer {
    /** Statements whose result PostgreSQL describes without running them. */
    private static final Set<String> QUERIES =
            Set.of("SELECT", "VALUES", "TABLE", "INSERT", "UPDATE", "DELETE", "MERGE");

    /** A parameter whose type only the client knows, which tells it with the statement (manual, appendix A). */
    private static final String INDETERMINATE_DATATYPE = "42P18";

    private final Connection connection;
    private final Engine engine;
    private final String database;

    private Explainer(Connection connection, Engine engine, String database) {
        this.connection = connection;
        this.engine = engine;
        this.database = database;
    }

    /** Reads the catalogs. */
    public static Explainer of(Connection connection, RuleSet rules) throws SQLException {
        return new Explainer(connection, Engine.load(rules, connection), connection.getCatalog());
    }

    /** Who has which role, and what each role sees. */
    public RolePolicies policies() {
        return engine.policies();
    }

    /** The role that a database user has, as far as the user's name tells. */
    public String roleOf(String user) {
        return engine.policies().roleOf(new Principal(user, database)).name();
    }

    /** What becomes of a text for a role. */
    public Explanation explain(String text, String role, String user) throws SQLException {
        Session session = engine.preview(new Principal(user, database), role, LexerSettings.SERVER);
        session.setSearchPath(SafePath.current(connection));
        Decision decision = session.decide(text);
        List<StatementFacts> facts = session.isRaw() ? List.of() : session.facts();
        List<ProtectedColumn> columns = facts.stream()
                .flatMap(fact -> fact.columns().stream())
                .distinct()
                .toList();
        Outcome outcome = outcome(session, decision);
        return new Explanation(
                session.role(),
                outcome,
                decision instanceof Decision.Rewrite rewrite && rewrite.masks(),
                text,
                sent(text, decision),
                decision instanceof Decision.Refuse refuse ? refuse.refusal() : null,
                columns,
                outcome == Outcome.REFUSE ? List.of() : output(text, facts, session));
    }

    private static Outcome outcome(Session session, Decision decision) {
        if (session.isRaw()) {
            return Outcome.RAW;
        } else if (decision instanceof Decision.Refuse) {
            return Outcome.REFUSE;
        }
        return decision instanceof Decision.Rewrite ? Outcome.REWRITE : Outcome.PASS;
    }

    private static @Nullable String sent(String text, Decision decision) {
        if (decision instanceof Decision.Refuse) {
            return null;
        }
        return decision instanceof Decision.Rewrite rewrite ? rewrite.text() : text;
    }

    /** The columns that PostgreSQL describes for the text as it is; what is known of them where it describes none. */
    private List<ResultColumn> output(String text, List<StatementFacts> facts, Session session) throws SQLException {
        Policy policy = engine.policies().policyOf(session.role());
        List<ResultColumn> known =
                Lineage.of(policy, session.isRaw(), text, new SearchPath.Known(SafePath.current(connection)));
        boolean describable = session.isRaw()
                || facts.size() == 1 && QUERIES.contains(facts.get(0).kind());
        if (!describable) {
            return known;
        }
        try (PreparedStatement statement = connection.prepareStatement(forDriver(text))) {
            ResultSetMetaData described = statement.getMetaData();
            if (described == null) {
                return known;
            }
            return inSafePath(() -> columns(described, known, session.isRaw() ? null : policy));
        } catch (SQLException e) {
            if (INDETERMINATE_DATATYPE.equals(e.getSQLState())) {
                return known;
            }
            throw e;
        }
    }

    private interface Names {
        List<ResultColumn> read() throws SQLException;
    }

    /** For the driver's own queries, which name operators without their schema. */
    private List<ResultColumn> inSafePath(Names names) throws SQLException {
        try (PreparedStatement restore =
                connection.prepareStatement("SELECT pg_catalog.set_config('search_path', ?, false)")) {
            restore.setString(1, SafePath.setting(connection));
            SafePath.set(connection);
            try {
                return names.read();
            } finally {
                restore.execute();
            }
        }
    }

    private static List<ResultColumn> columns(
            ResultSetMetaData described, List<ResultColumn> known, @Nullable Policy policy) throws SQLException {
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 1; i <= described.getColumnCount(); i++) {
            ResultColumn column =
                    described.getColumnCount() == known.size() ? known.get(i - 1) : copied(described, i, policy);
            columns.add(column.as(described.getColumnLabel(i), described.getColumnTypeName(i)));
        }
        return columns;
    }

    /** The driver takes a question mark for a parameter, unless it is doubled, and nothing else. */
    private static String forDriver(String text) {
        try {
            Tokens tokens = Lexer.lex(text, LexerSettings.SERVER);
            StringBuilder escaped = new StringBuilder(text);
            for (int i = tokens.size() - 1; i >= 0; i--) {
                if (tokens.kind(i) == TokenKind.OPERATOR) {
                    escaped.replace(
                            tokens.start(i), tokens.end(i), tokens.source(i).replace("?", "??"));
                } else if (tokens.kind(i) == TokenKind.PARAMETER) {
                    escaped.replace(tokens.start(i), tokens.end(i), "?");
                }
            }
            return escaped.toString();
        } catch (LexicalException e) {
            return text;
        }
    }

    /** What PostgreSQL says of a column, for a text in which we do not find all of them. */
    private static ResultColumn copied(ResultSetMetaData described, int i, @Nullable Policy policy)
            throws SQLException {
        PGResultSetMetaData origins = described.unwrap(PGResultSetMetaData.class);
        String table = origins.getBaseTableName(i);
        if (table.isEmpty()) {
            return new ResultColumn(described.getColumnLabel(i), null, false, null);
        }
        QualifiedName relation = new QualifiedName(origins.getBaseSchemaName(i), table);
        String column = origins.getBaseColumnName(i);
        Optional<MaskedColumn> masked = policy == null ? Optional.empty() : masked(policy, relation, column);
        ResultColumn.Source source = new ResultColumn.Source(
                relation + "." + column,
                masked.map(found -> found.mask().name()).orElse(null),
                masked.map(MaskedColumn::rule).orElse(null));
        return new ResultColumn(described.getColumnLabel(i), null, true, List.of(source));
    }

    private static Optional<MaskedColumn> masked(Policy policy, QualifiedName name, String column) {
        Relation relation = policy.findRelation(name);
        if (relation == null || !(policy.protection(relation) instanceof Protection.Masked masked)) {
            return Optional.empty();
        }
        return relation.findColumn(column).map(Column::number).map(masked.columns()::get);
    }
}
