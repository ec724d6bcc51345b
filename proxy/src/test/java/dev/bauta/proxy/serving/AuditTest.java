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
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
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

    /** What a client has been sent is recorded though it leaves before the server has done, and so is what it leaves the server to do. */
    @Test
    void recordsWhatIsNotAnsweredWhenTheSessionEnds() throws Exception {
        try (ServedDatabase served = serve(null)) {
            int ended = 0;
            for (String user : List.of("clerk", "postgres")) {
                try (TestClient client = login(served, user)) {
                    client.send(
                            Frontend.query(
                                    "SELECT email FROM people UNION ALL SELECT repeat('x', 100000) UNION ALL SELECT pg_sleep(600)::text; SELECT born FROM people"));
                    client.readUntil('D');
                }
                awaitDisconnects(++ended);
                try (TestClient client = login(served, user)) {
                    client.send(
                            Frontend.parse("s", "SELECT id, email, pg_sleep(600) FROM people"),
                            Frontend.bind("p", "s"),
                            Frontend.flush());
                    client.readUntil('2');
                    client.send(Frontend.execute("p", 0), Frontend.sync());
                }
                awaitDisconnects(++ended);
            }
        }
        assertThat(events())
                .containsExactly(
                        "start",
                        "connect",
                        "statement",
                        "statement",
                        "disconnect",
                        "connect",
                        "statement",
                        "disconnect",
                        "connect",
                        "statement",
                        "statement",
                        "disconnect",
                        "connect",
                        "statement",
                        "disconnect",
                        "stop");
        for (String access : List.of("masked", "raw")) {
            assertThat(statements())
                    .filteredOn(record -> record.get("access").asText().equals(access))
                    .extracting(record -> record.get("statement").asText() + " "
                            + (record.get("rows").asInt() > 0) + " "
                            + record.get("columns").size() + " "
                            + record.get("sqlstate").asText())
                    .containsExactly(
                            "select email from people union all select repeat(?, …) union all select pg_sleep(?)::text true 1 08006",
                            "select born from people false 0 08006",
                            "select id, email, pg_sleep(?) from people false 1 08006");
        }
    }

    /** In raw sessions the names in it are not read, so that nothing may be taken for known that they could have changed. */
    @Test
    void takesNothingForWhatWasUnderTheNameBeforeALargeMessage() throws Exception {
        String large = "x".repeat(17 << 20);
        try (ServedDatabase served = serve(null)) {
            for (String user : List.of("clerk", "postgres")) {
                try (TestClient client = login(served, user)) {
                    client.answer(
                            Frontend.parse("a", "SELECT 1"),
                            Frontend.parse("b", "SELECT email FROM people WHERE email <> $1"),
                            Frontend.bind("", "a"),
                            Frontend.execute("", 0));
                    client.answer(Frontend.bind("", "b", large), Frontend.execute("", 0));
                }
            }
            try (TestClient client = login(served, "postgres")) {
                client.answer(Frontend.parse("c", "SELECT 2"), Frontend.bind("", "c"), Frontend.execute("", 0));
                client.query("DEALLOCATE c");
                client.answer(Frontend.parse("c", "SELECT email FROM people --" + large));
                client.answer(Frontend.bind("", "c"), Frontend.execute("", 0));
            }
        }
        assertThat(statements())
                .extracting(record -> record.get("kind").asText() + " "
                        + record.get("statement").asText() + " "
                        + record.get("rows").asInt())
                .containsExactly(
                        "SELECT select ? 1",
                        "SELECT select email from people where email <> $1 2",
                        "SELECT select ? 1",
                        "UNKNOWN  2",
                        "SELECT select ? 1",
                        "DEALLOCATE deallocate c 0",
                        "UNKNOWN  2");
    }

    /** Bytes that are no UTF-8, as in a comment, do not hide a statement; names that differ in such bytes are different. */
    @Test
    void readsRawStatementsInOtherEncodings() throws Exception {
        try (ServedDatabase served = serve(null);
                TestClient client = login(served, "postgres")) {
            client.query("SET client_encoding = latin1");
            client.send(latin1(Frontend.query("SELECT email FROM people WHERE email <> 'ä' --ä")))
                    .readUntil('Z');
            client.answer(
                    latin1(Frontend.parse("ä", "SELECT email FROM people /* ü */")),
                    latin1(Frontend.parse("ö", "SELECT 1")),
                    latin1(Frontend.bind("ü", "ä")),
                    latin1(Frontend.bind("ä", "ö")),
                    latin1(Frontend.execute("ü", 0)),
                    latin1(Frontend.execute("ä", 0)));
        }
        assertThat(statements())
                .extracting(record -> record.get("statement").asText() + " "
                        + record.get("columns").size() + " "
                        + record.get("rows").asInt())
                .containsExactly(
                        "set client_encoding = ? 0 0",
                        "select email from people where email <> ? 1 2",
                        "select email from people 1 2",
                        "select ? 0 1");
    }

    /** The message in that encoding, where each character of it is one byte. */
    private static byte[] latin1(byte[] message) {
        byte[] body = new String(message, 5, message.length - 5, StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.ISO_8859_1);
        return Frontend.message(message[0], body);
    }

    /** Semicolons in the body of a routine or a rule end nothing. */
    @Test
    void attributesRowsToTheStatementThatGaveThem() throws Exception {
        try (ServedDatabase served = serve(null);
                TestClient client = login(served, "postgres")) {
            client.query(
                    "CREATE OR REPLACE RULE r AS ON INSERT TO people DO ALSO (NOTIFY a; NOTIFY b); SELECT email FROM people");
            // Before PostgreSQL 14 there is no such body, and both fail.
            client.query(
                    "CREATE FUNCTION f() RETURNS integer BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;"
                            + " SELECT email FROM people");
        }
        List<String> records = statements().stream()
                .map(record -> record.get("statement").asText() + " "
                        + record.get("rows").asInt())
                .toList();
        assertThat(records.subList(0, 2))
                .containsExactly(
                        "create or replace rule r as on insert to people do also (notify a; notify b) 0",
                        "select email from people 2");
        assertThat(records.get(2)).startsWith("create function f() returns integer begin atomic select case when");
        assertThat(records.subList(3, records.size())).allMatch("select email from people 2"::equals);
    }

    @Test
    void keepsRecordsShortWhateverClientsSend() throws Exception {
        String name = "x".repeat(100_000);
        try (ServedDatabase served = serve(null)) {
            for (String user : List.of("clerk", "postgres")) {
                try (TestClient client = login(served, user)) {
                    client.query("\"" + name + "\" 1");
                    client.query(name + " 1");
                }
            }
        }
        assertThat(Files.readAllLines(log()))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(4_000));
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
            // As when the proxy was killed before it came to that.
            target.database().run("DELETE FROM bauta_audit WHERE seq > 2");
            serve(table).close();
            List<String> rows = new ArrayList<>();
            try (Connection connection = target.database().connect();
                    ResultSet result =
                            connection.createStatement().executeQuery("SELECT record FROM bauta_audit ORDER BY seq")) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
            assertThat(rows).isEqualTo(Files.readAllLines(log()));
            Files.delete(log());
            try (ServedDatabase another = serve(table)) {
                Awaitility.await().untilAsserted(() -> assertThatThrownBy(() -> another.connect("clerk", ""))
                        .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                                .isEqualTo("58030")));
                target.database().run("DELETE FROM bauta_audit");
            }
        }
    }

    private static TestClient login(ServedDatabase served, String user) throws IOException {
        return TestClient.login(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), served.port()),
                user,
                served.database().name());
    }

    /** The last record may be half written. */
    private void awaitDisconnects(int number) {
        Pattern disconnect = Pattern.compile("\"event\":\"disconnect\"");
        Awaitility.await()
                .until(() ->
                        disconnect.matcher(Files.readString(log())).results().count() == number);
    }

    private List<String> events() throws IOException {
        List<String> events = new ArrayList<>();
        for (String line : Files.readAllLines(log())) {
            events.add(JSON.readTree(line).get("event").asText());
        }
        return events;
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
