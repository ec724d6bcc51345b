package dev.bauta.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bauta.doors.ScenarioServer;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pg_dump} of a masked role gives an anonymized dump, which an empty database takes with all its keys. Needs pg_dump and psql. */
class DumpTest {
    private static final String CANARY = "canary";

    private static final String SCHEMA =
            """
            CREATE TABLE person (
              email text PRIMARY KEY, name text NOT NULL, born date, note text UNIQUE, score int CHECK (score > 0));
            CREATE TABLE visit (
              id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL REFERENCES person, at timestamptz NOT NULL, body bytea);
            CREATE VIEW visitor AS SELECT p.name, v.at FROM person p JOIN visit v USING (email);
            """;

    private static final String ROWS =
            """
            INSERT INTO person SELECT 'canary' || i || '@example.org', 'Canary ' || i, date '1970-05-05' + i, 'canary' || i, i
                FROM generate_series(1, 50) i;
            INSERT INTO visit (email, at, body) SELECT 'canary' || 1 + i % 50 || '@example.org', timestamptz '2026-01-01 00:00+00' + i * interval '1 hour',
                '\\x00ff' FROM generate_series(1, 200) i;
            GRANT SELECT ON ALL TABLES IN SCHEMA public TO analyst;
            GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO analyst;
            """;

    private static final String RULES =
            """
            version: 1
            key: ${env:BAUTA_KEY}
            roles:
              - {name: dba, users: postgres, access: raw}
            columns:
              - {match: "*.*.email", tag: person.email, mask: {type: token, prefix: m_}}
              - {match: public.person.name, tag: person.name, mask: {type: fake, kind: full_name}}
              - {match: public.person.born, tag: person.born, mask: {type: truncate, unit: year}}
              - {match: public.person.note, tag: person.note, mask: {type: token, prefix: n_}}
            """;

    @Test
    void restoresWithItsKeys(@TempDir Path folder) throws Exception {
        assumeTrue(isThere("pg_dump") && isThere("psql"), "not installed");
        TestDatabase original = create();
        TestDatabase restored = TestDatabase.create();
        try (ScenarioServer doors = new ScenarioServer(original, RULES)) {
            Path structure = dump(doors, folder.resolve("structure.sql"), "postgres", "--schema-only");
            Path data = dump(doors, folder.resolve("data.sql"), "analyst", "--data-only");
            assertThat(Files.readString(data))
                    .doesNotContainIgnoringCase(CANARY)
                    .contains("m_");
            restore(restored, structure);
            restore(restored, data);
        }
        assertThat(rows(
                        restored,
                        "SELECT count(*), count(DISTINCT email), count(DISTINCT note), min(born) FROM person"))
                .containsExactly("50|50|50|1970-01-01");
        assertThat(rows(restored, "SELECT count(*) FROM visit JOIN person USING (email)"))
                .containsExactly("200");
        String clear = "SELECT id, at, body FROM visit ORDER BY id";
        assertThat(rows(restored, clear)).isEqualTo(rows(original, clear));
        assertThat(rows(restored, "SELECT nextval('visit_id_seq')")).containsExactly("201");
        original.drop();
        restored.drop();
    }

    /** Several connections share a snapshot. */
    @Test
    void restoresWhatSeveralConnectionsHaveDumped(@TempDir Path folder) throws Exception {
        assumeTrue(isThere("pg_dump") && isThere("pg_restore") && isThere("psql"), "not installed");
        TestDatabase original = create();
        TestDatabase restored = TestDatabase.create();
        try (ScenarioServer doors = new ScenarioServer(original, RULES)) {
            restore(restored, dump(doors, folder.resolve("before.sql"), "postgres", "--section=pre-data"));
            Path data = dump(doors, folder.resolve("data"), "analyst", "--data-only", "--format=directory", "--jobs=2");
            run(List.of("pg_restore", "--jobs=2", "--dbname=" + direct(restored), data.toString()));
            restore(restored, dump(doors, folder.resolve("after.sql"), "postgres", "--section=post-data"));
        }
        assertThat(rows(restored, "SELECT count(*) FROM visit JOIN person USING (email)"))
                .containsExactly("200");
        assertThat(rows(
                        restored,
                        "SELECT count(*) FROM person WHERE email ~ 'canary' OR name ~ 'Canary' OR note ~ 'canary'"))
                .containsExactly("0");
        original.drop();
        restored.drop();
    }

    private static TestDatabase create() {
        TestDatabase database = TestDatabase.create(
                """
                DO $$ BEGIN
                  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'analyst') THEN
                    CREATE ROLE analyst LOGIN PASSWORD 'analyst';
                  END IF;
                END $$;
                """);
        database.run(SCHEMA);
        database.run(ROWS);
        return database;
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path dump(ScenarioServer doors, Path file, String user, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("pg_dump", "--no-owner", "--file=" + file));
        command.addAll(List.of(options));
        command.add("host=127.0.0.1 sslmode=disable port=" + doors.address().getPort() + " user=" + user + " password="
                + user + " dbname=" + doors.database());
        run(command);
        return file;
    }

    private static void restore(TestDatabase database, Path file) throws Exception {
        run(List.of("psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f", file.toString(), direct(database)));
    }

    private static String direct(TestDatabase database) {
        return "host=" + database.host() + " port=" + database.port() + " user=postgres password=postgres dbname="
                + database.name();
    }

    private static void run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static List<String> rows(TestDatabase database, String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : "|").append(result.getString(i));
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }
}
