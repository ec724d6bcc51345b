package dev.bauta.proxy.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.proxy.audit.AuditSettings;
import dev.bauta.proxy.audit.AuditSettings.OnFailure;
import dev.bauta.proxy.audit.AuditTable;
import dev.bauta.proxy.audit.AuditVerifier;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** What the audit log holds of sessions on a real server, and what it never holds. */
class AuditTest {
    private static final String CANARY = "canary";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    AuditTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void recordsWhatAMaskedSessionRuns() throws Exception {
        try (ServedDatabase served = serve(null);
                Connection clerk = served.connect("clerk", "?ApplicationName=report")) {
            query(clerk, "SELECT id, email FROM people WHERE email <> 'canary-literal' ORDER BY id");
        }
        JsonNode statement = only("select id, email from people where email <> ? order by id");
        assertThat(statement.get("user").asText()).isEqualTo("clerk");
        assertThat(statement.get("role").asText()).isEqualTo("default");
        assertThat(statement.get("access").asText()).isEqualTo("masked");
        assertThat(statement.get("client").asText()).isEqualTo("127.0.0.1");
        assertThat(statement.get("kind").asText()).isEqualTo("SELECT");
        assertThat(statement.get("relations").toString()).isEqualTo("[\"public.people\"]");
        assertThat(statement.get("columns").toString())
                .isEqualTo("[{\"column\":\"public.people.email\",\"mask\":\"email\",\"rule\":\"rules.yaml:5:5\"}]");
        assertThat(statement.get("decision").asText()).isEqualTo("rewrite");
        assertThat(statement.get("rows").asInt()).isEqualTo(2);
        assertThat(statement.get("cells").toString()).isEqualTo("{\"masked\":2,\"raw\":2,\"exposed\":0}");
        assertThat(statement.get("sqlstate").asText()).isEqualTo("00000");
        assertThat(statement.get("bytes").asInt()).isPositive();
        assertThat(statement.get("policy").asText()).hasSize(12);
    }

    @Test
    void recordsWhatARawSessionIsShown() throws Exception {
        try (ServedDatabase served = serve(null);
                Connection dba = served.connect("postgres", "")) {
            query(dba, "SELECT email AS e FROM people WHERE id = 1");
        }
        JsonNode statement = only("select email as e from people where id = ?");
        assertThat(statement.get("access").asText()).isEqualTo("raw");
        assertThat(statement.get("decision").asText()).isEqualTo("pass");
        assertThat(statement.get("columns").get(0).get("column").asText()).isEqualTo("public.people.email");
        assertThat(statement.get("cells").toString()).isEqualTo("{\"masked\":0,\"raw\":1,\"exposed\":1}");
    }

    /** Nobody else asks for the catalogs in between. */
    @Test
    void recordsWhatARawSessionReadsOfATableThatItHasJustMade() throws Exception {
        try (ServedDatabase served = serve(null);
                Connection dba = served.connect("postgres", "");
                Statement statement = dba.createStatement()) {
            for (int i = 0; i < 5; i++) {
                statement.execute("CREATE TABLE people_" + i + " (email text)");
                statement.execute("ALTER TABLE people_" + i + " ADD COLUMN born date");
                query(dba, "SELECT email FROM people_" + i);
            }
        }
        for (int i = 0; i < 5; i++) {
            assertThat(only("select email from people_" + i)
                            .get("columns")
                            .get(0)
                            .get("column")
                            .asText())
                    .isEqualTo("public.people_" + i + ".email");
        }
    }

    @Test
    void recordsRefusalsAndErrors() throws Exception {
        try (ServedDatabase served = serve(null);
                Connection clerk = served.connect("clerk", "?preferQueryMode=simple")) {
            assertThatThrownBy(() -> query(clerk, "SELECT 1; DO 'canary'")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> query(clerk, "SELECT born / 'canary' FROM people"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> query(clerk, "SELECT \"\"")).isInstanceOf(SQLException.class);
        }
        assertThat(statements())
                .filteredOn(record -> !record.get("sqlstate").asText().equals("00000"))
                .extracting(record -> record.get("kind").asText() + " "
                        + record.get("decision").asText() + " "
                        + record.get("refusal").asText() + " "
                        + record.get("sqlstate").asText())
                .containsExactly(
                        "DO refuse STATEMENT_KIND 42501",
                        "SELECT rewrite null 42883",
                        "invalid text refuse SYNTAX 42601");
    }

    @Test
    void recordsCursorsPreparedStatementsAndCopyForWhatTheyShow() throws Exception {
        try (ServedDatabase served = serve(null);
                Connection clerk = served.connect("clerk", "?preferQueryMode=simple")) {
            try (Statement statement = clerk.createStatement()) {
                statement.execute("PREPARE harmless AS SELECT email FROM people");
                statement.execute("EXECUTE harmless");
                statement.execute("BEGIN; DECLARE c CURSOR FOR SELECT email FROM people; FETCH 1 FROM c; COMMIT");
            }
            CopyOut copy = clerk.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY people TO STDOUT");
            while (copy.readFromCopy() != null) {
                // Everything is read.
            }
        }
        for (String text : List.of("execute harmless", "fetch ? from c", "copy people to stdout")) {
            assertThat(only(text).get("columns").get(0).get("column").asText()).isEqualTo("public.people.email");
        }
        assertThat(only("fetch ? from c").get("rows").asInt()).isEqualTo(1);
        assertThat(only("copy people to stdout").get("cells").toString())
                .isEqualTo("{\"masked\":2,\"raw\":4,\"exposed\":0}");
    }

    /** A name that could not be taken over does not lead the record astray. */
    @Test
    void recordsServerPreparedStatementsByWhatTheyAre() throws Exception {
        try (ServedDatabase served = serve(null);
                Connection clerk = served.connect("clerk", "?prepareThreshold=1")) {
            try (PreparedStatement statement = clerk.prepareStatement("SELECT email FROM people WHERE id = ?")) {
                for (int i = 0; i < 3; i++) {
                    statement.setInt(1, i);
                    statement.executeQuery().close();
                }
            }
        }
        assertThat(statements("select email from people where id = $1"))
                .extracting(record -> record.get("rows").asInt())
                .containsExactly(0, 1, 1);
    }

    /** What the proxy has the server prepare by itself is recorded as what the client asked for, each time. */
    @Test
    void recordsLookUpsThatAreKept() throws Exception {
        try (ServedDatabase served = serve(null)) {
            for (String mode : List.of("simple", "extended")) {
                try (Connection clerk = served.connect("clerk", "?prepareThreshold=0&preferQueryMode=" + mode)) {
                    for (int i = 0; i < 8; i++) {
                        query(clerk, "SELECT email, born FROM people WHERE id = " + (mode.equals("simple") ? i : 1));
                    }
                }
            }
        }
        List<JsonNode> records = statements("select email, born from people where id = ?");
        assertThat(records).hasSize(16);
        assertThat(records)
                .extracting(record -> record.get("rows").asInt())
                .containsExactly(0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(records).allSatisfy(record -> {
            assertThat(record.get("columns").get(0).get("column").asText()).isEqualTo("public.people.email");
            assertThat(record.get("decision").asText()).isEqualTo("rewrite");
            assertThat(record.get("sqlstate").asText()).isEqualTo("00000");
            assertThat(record.get("cells").get("masked").asInt())
                    .isEqualTo(record.get("rows").asInt());
        });
    }

    @Test
    void holdsNoLiteralNoBindValueAndNoValueOfARow() throws Exception {
        try (ServedDatabase served = serve(null)) {
            for (String user : List.of("clerk", "postgres")) {
                for (String mode : List.of("simple", "extended")) {
                    try (Connection connection = served.connect(user, "?preferQueryMode=" + mode)) {
                        for (String sql : List.of(
                                "SELECT * FROM people WHERE email = 'canary-a'",
                                "SELECT email::integer FROM people",
                                "SELECT 'canary'::integer",
                                "INSERT INTO people VALUES (1, 'canary-new', NULL)",
                                "/* canary */ SELECT $$canary$$ -- canary",
                                "SET search_path = canary",
                                "DO $$BEGIN RAISE 'canary'; END$$",
                                "SELECT 'canary")) {
                            tryQuery(connection, sql);
                        }
                        try (PreparedStatement bound = connection.prepareStatement("SELECT ?::text")) {
                            bound.setString(1, "canary-bound");
                            bound.executeQuery().close();
                        }
                    }
                }
            }
        }
        assertThat(Files.readString(log())).doesNotContain(CANARY);
        assertThat(statements()).hasSize(36);
        assertThat(new AuditVerifier(null).verify(List.of(log())).problem()).isNull();
    }

    @Test
    void goesToATableToo() throws Exception {
        try (ServedDatabase target = new ServedDatabase(directory, Operations.DEFAULT)) {
            target.database().run("CREATE TABLE bauta_audit (seq bigint PRIMARY KEY, record json NOT NULL)");
            AuditTable table = new AuditTable(
                    PostgresServers.of(new Endpoint(
                            target.database().host(), target.database().port())),
                    target.database().name(),
                    "bauta_audit",
                    "postgres",
                    "postgres");
            try (ServedDatabase served = serve(table);
                    Connection clerk = served.connect("clerk", "")) {
                query(clerk, "SELECT count(*) FROM people");
            }
            List<String> rows = new ArrayList<>();
            try (Connection connection = target.database().connect();
                    ResultSet result =
                            connection.createStatement().executeQuery("SELECT record FROM bauta_audit ORDER BY seq")) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
            assertThat(rows).isEqualTo(Files.readAllLines(log()));
        }
    }

    private ServedDatabase serve(@Nullable AuditTable table) throws Exception {
        return new ServedDatabase(
                directory, operations(new AuditSettings(log(), 1 << 20, 0, OnFailure.REFUSE, null, table)));
    }

    private static Operations operations(AuditSettings audit) {
        return new Operations(audit, null);
    }

    private Path log() {
        return directory.resolve("audit.jsonl");
    }

    private JsonNode only(String text) throws IOException {
        List<JsonNode> found = statements(text);
        assertThat(found).as(text).hasSize(1);
        return found.get(0);
    }

    private List<JsonNode> statements(String text) throws IOException {
        return statements().stream()
                .filter(record -> record.get("statement").asText().equals(text))
                .toList();
    }

    private List<JsonNode> statements() throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (String line : Files.readAllLines(log())) {
            JsonNode record = JSON.readTree(line);
            if (record.get("event").asText().equals("statement")) {
                records.add(record);
            }
        }
        return records;
    }

    private static void query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void tryQuery(Connection connection, String sql) {
        try {
            query(connection, sql);
        } catch (SQLException e) {
            // An error can hold what the record must not.
        }
    }
}
