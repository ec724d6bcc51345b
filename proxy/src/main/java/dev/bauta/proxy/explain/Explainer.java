package dev.bauta.proxy.explain;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.engine.Decision;
import dev.bauta.engine.Engine;
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
import dev.bauta.proxy.explain.Explanation.Outcome;
import dev.bauta.proxy.explain.Explanation.OutputColumn;
import dev.bauta.refusal.Refusal;
import dev.bauta.rulefile.RuleSet;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
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
        session.setSearchPath(searchPath(connection));
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

    /** The schemas in which a connection looks for unqualified names. */
    public static List<String> searchPath(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT pg_catalog.current_schemas(true)")) {
            result.next();
            Array schemas = result.getArray(1);
            return Arrays.asList((String[]) schemas.getArray());
        }
    }

    /** The columns that PostgreSQL describes for the text as it is; none where it does not understand it. */
    private List<OutputColumn> output(String text, List<StatementFacts> facts, Session session) throws SQLException {
        boolean describable = session.isRaw()
                || facts.size() == 1 && QUERIES.contains(facts.get(0).kind());
        if (!describable) {
            return List.of();
        }
        Policy policy = engine.policies().policyOf(session.role());
        try (PreparedStatement statement = connection.prepareStatement(forDriver(text))) {
            ResultSetMetaData described = statement.getMetaData();
            List<OutputColumn> columns = new ArrayList<>();
            for (int i = 1; described != null && i <= described.getColumnCount(); i++) {
                columns.add(column(described, i, session.isRaw() ? null : policy));
            }
            return columns;
        }
    }

    /** The driver takes a question mark for a parameter, unless it is doubled. */
    private static String forDriver(String text) {
        try {
            Tokens tokens = Lexer.lex(text, LexerSettings.SERVER);
            StringBuilder escaped = new StringBuilder(text);
            for (int i = tokens.size() - 1; i >= 0; i--) {
                if (tokens.kind(i) == TokenKind.OPERATOR) {
                    escaped.replace(
                            tokens.start(i), tokens.end(i), tokens.source(i).replace("?", "??"));
                }
            }
            return escaped.toString();
        } catch (LexicalException e) {
            return text;
        }
    }

    private OutputColumn column(ResultSetMetaData described, int i, @Nullable Policy policy) throws SQLException {
        String name = described.getColumnLabel(i);
        String type = described.getColumnTypeName(i);
        PGResultSetMetaData origins = described.unwrap(PGResultSetMetaData.class);
        String table = origins.getBaseTableName(i);
        if (table.isEmpty()) {
            return new OutputColumn(name, type, null, null, null);
        }
        QualifiedName relation = new QualifiedName(origins.getBaseSchemaName(i), table);
        String column = origins.getBaseColumnName(i);
        Optional<MaskedColumn> masked = policy == null ? Optional.empty() : masked(policy, relation, column);
        return new OutputColumn(
                name,
                type,
                relation + "." + column,
                masked.map(found -> found.mask().name()).orElse(null),
                masked.map(MaskedColumn::rule).orElse(null));
    }

    private static Optional<MaskedColumn> masked(Policy policy, QualifiedName name, String column) {
        Relation relation = policy.findRelation(name);
        if (relation == null || !(policy.protection(relation) instanceof Protection.Masked masked)) {
            return Optional.empty();
        }
        return relation.findColumn(column).map(Column::number).map(masked.columns()::get);
    }

    /** Where in a text a refusal points, as line and column from 1; empty when it blames no place. */
    public static Optional<int[]> place(String text, Refusal refusal) {
        if (refusal.offset() < 0 || refusal.offset() > text.length()) {
            return Optional.empty();
        }
        String before = text.substring(0, refusal.offset());
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - (before.lastIndexOf('\n') + 1) + 1;
        return Optional.of(new int[] {line, column});
    }
}
