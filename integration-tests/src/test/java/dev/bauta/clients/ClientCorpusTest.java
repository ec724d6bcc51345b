package dev.bauta.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.engine.Decision;
import dev.bauta.engine.Engine;
import dev.bauta.engine.Session;
import dev.bauta.gate.StatementHead;
import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.NotAnalysableException;
import dev.bauta.parser.QueryParser;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that clients say is understood, and decided without a refusal but for what is refused on purpose. */
class ClientCorpusTest {
    private static final Pattern DEFINITION =
            Pattern.compile("(?is)^\\s*(create(?!\\s+temp)|alter|drop(?!\\s+table)|comment|do)\\b.*");

    private static final String DUPLICATE_COLUMN = "42701";

    /** What is refused on purpose, by the beginning of the refusal's words. */
    private static final Map<String, String> REFUSED = Map.of(
            "writes to relation public.customer ", "the table is protected",
            "writes to relation public.auth_user ", "the table is protected",
            "CREATE other than CREATE TEMP TABLE ", "masked roles do not define",
            "ALTER ", "masked roles do not define",
            "DROP TABLE is allowed ", "masked roles do not define",
            "DROP other than ", "masked roles do not define",
            "DO ", "its text is not looked at",
            "COMMENT ", "masked roles do not define");

    static Stream<String> clients() {
        return ClientProgram.all().stream().map(ClientProgram::client);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void everyQueryParses(String client) throws Exception {
        List<String> failures = new ArrayList<>();
        for (ClientStatement statement : ClientStatement.of(client)) {
            Tokens tokens = Lexer.lex(statement.sql(), LexerSettings.SERVER);
            for (TokenRange query : queries(tokens)) {
                try {
                    QueryParser.parse(tokens, query);
                } catch (NotAnalysableException e) {
                    failures.add(e.getMessage() + ": " + statement.sql());
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    private static List<TokenRange> queries(Tokens tokens) {
        List<TokenRange> queries = new ArrayList<>();
        for (TokenRange range : Statements.split(tokens)) {
            if (StatementHead.of(tokens, range) instanceof StatementHead.Query query) {
                queries.add(query.query());
            }
        }
        return queries;
    }

    @Test
    void theCompatibilityPageCountsThem() throws Exception {
        StringBuilder table =
                new StringBuilder("| client | version | statements | queries |\n| --- | --- | ---: | ---: |\n");
        for (String client : clients().toList()) {
            List<ClientStatement> statements = ClientStatement.of(client);
            int queries = 0;
            for (ClientStatement statement : statements) {
                queries += queries(Lexer.lex(statement.sql(), LexerSettings.SERVER))
                        .size();
            }
            table.append("| %s | %s | %d | %d |\n"
                    .formatted(client, statements.get(0).version(), statements.size(), queries));
        }
        assertThat(Files.readString(Path.of("../docs/compatibility.md"))).contains(table);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void nothingIsRefusedButOnPurpose(String client) throws Exception {
        Session session = session(client);
        List<String> refused = new ArrayList<>();
        for (ClientStatement statement : ClientStatement.of(client)) {
            if (session.decide(statement.sql()) instanceof Decision.Refuse refuse
                    && REFUSED.keySet().stream().noneMatch(refuse.refusal().message()::startsWith)) {
                refused.add(refuse.refusal().message() + ": " + statement.sql());
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void everythingRefusedOnPurposeOccurs() throws Exception {
        TreeSet<String> occurring = new TreeSet<>();
        for (String client : clients().toList()) {
            Session session = session(client);
            for (ClientStatement statement : ClientStatement.of(client)) {
                if (session.decide(statement.sql()) instanceof Decision.Refuse refuse) {
                    REFUSED.keySet().stream()
                            .filter(refuse.refusal().message()::startsWith)
                            .forEach(occurring::add);
                }
            }
        }
        assertThat(occurring).isEqualTo(new TreeSet<>(REFUSED.keySet()));
    }

    /** A masked session of the database that the corpus itself defines. */
    private static Session session(String client) throws Exception {
        TestDatabase database = TestDatabase.create();
        try (Connection connection = database.connect()) {
            for (ClientStatement statement : ClientStatement.of(client)) {
                if (DEFINITION.matcher(statement.sql()).matches()) {
                    define(connection, statement.sql());
                }
            }
            Shop.grant(database);
            Engine engine = Engine.of(
                    RuleFile.parse(Shop.RULES, "rules.yaml", Map.of(), Path.of(".")), CatalogLoader.load(connection));
            Session session = engine.open(new Principal(Shop.MASKED_USER, database.name()), LexerSettings.SERVER);
            session.setSearchPath(List.of("pg_catalog", "public"));
            return session;
        } finally {
            database.drop();
        }
    }

    /** Runs a definition; Hibernate's update adds a column that is there, which the server refuses. */
    private static void define(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            if (!DUPLICATE_COLUMN.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
