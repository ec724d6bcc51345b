package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bauta explain}: decision, rewritten text, lineage, rule, and advice for what is refused. */
class ExplainCommandTest {
    private static TestDatabase database;
    private static Path rules;

    @BeforeAll
    static void create(@TempDir Path directory) throws Exception {
        database = TestDatabase.create(
                """
                CREATE TABLE customers (id int PRIMARY KEY, email varchar(80), born date, tags jsonb);
                CREATE TABLE products (id int PRIMARY KEY, name text);
                INSERT INTO customers VALUES (1, 'canary@example.org', '1815-12-10');
                """);
        rules = Files.writeString(
                directory.resolve("rules.yaml"),
                """
                version: 1
                roles:
                  - {name: dba, users: [postgres], access: raw}
                  - {name: support, users: ["support_*"], access: masked, columns: [{match: public.customers.born, mask: none}]}
                columns:
                  - {match: public.customers.email, tag: pii.email, mask: email}
                  - {match: public.customers.born, mask: {type: truncate, unit: year}}
                """);
    }

    @AfterAll
    static void drop() {
        database.drop();
    }

    @Test
    void explainsARewriteWithItsLineage() {
        CommandRun run = explain("SELECT id, email, upper(email) AS u,\nborn FROM customers");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith(
                        """
                        role      default
                        decision  rewrite: PostgreSQL receives it with masks in place of protected columns
                        protected columns within reach
                          public.customers.email  mask email  by rules.yaml:6:5
                          public.customers.born  mask truncate  by rules.yaml:7:5
                        result
                          id  int4  from public.customers.id
                          email  varchar  from public.customers.email, mask email by rules.yaml:6:5
                          u  text  computed from public.customers.email, mask email by rules.yaml:6:5
                          born  date  from public.customers.born, mask truncate by rules.yaml:7:5
                        rewritten
                            SELECT id, email, upper(email) AS u,
                          - born FROM customers
                          + born FROM (SELECT\
                        """)
                .doesNotContain("canary");
    }

    @Test
    void explainsForEachRole() {
        assertThat(explain("SELECT born FROM customers", "--as=support").out())
                .contains("born  date  from public.customers.born\n");
        assertThat(explain("SELECT email FROM customers", "--as-user=support_ann")
                        .out())
                .contains("role      support", "decision  rewrite");
        assertThat(explain("SELECT email FROM customers", "--as=dba").out())
                .contains("decision  raw", "email  varchar  from public.customers.email\n");
        assertThat(explain("SELECT name FROM products").out()).contains("decision  pass: it names nothing protected");
        assertThat(explain("SELECT 1", "--as=nobody"))
                .isEqualTo(new CommandRun(
                        8, "", "bauta: there is no role 'nobody'; the rules have dba, support, default\n"));
    }

    @Test
    void takesPostgresqlsWordWhereItDoesNotKnowTheColumnsItself() {
        assertThat(explain("SELECT * FROM customers NATURAL JOIN (SELECT id, name FROM products) AS p")
                        .out())
                .contains(
                        """
                        result
                          id  int4  from public.customers.id
                          email  varchar  from public.customers.email, mask email by rules.yaml:6:5
                        """,
                        "  name  text  from public.products.name\n");
    }

    @Test
    void explainsStatementsWithParameters() {
        assertThat(explain("SELECT id, email AS e FROM customers WHERE id = $1 AND tags ? 'a'")
                        .out())
                .contains(
                        "decision  rewrite",
                        "  id  int4  from public.customers.id",
                        "  e  varchar  from public.customers.email");
        assertThat(explain("SELECT name FROM products WHERE id = $2 OR id = $1 OR $2 = id")
                        .out())
                .contains("decision  pass", "  name  text  from public.products.name");
        assertThat(explain("SELECT email FROM customers WHERE $1 IS NULL OR id = $1")
                        .out())
                .contains("decision  rewrite", "  email", "from public.customers.email");
    }

    @Test
    void saysWhatWouldBeAllowed() {
        assertThat(explain("SELECT 1;\n  DELETE FROM customers WHERE email = 'x'")
                        .out())
                .contains(
                        "decision  refuse: it does not reach PostgreSQL\n",
                        "reason    ",
                        "(SQLSTATE 42501)\n",
                        "allowed   ")
                .contains(
                        "place     line 2, column 15\n    DELETE FROM customers WHERE email = 'x'\n                ^\n");
    }

    @Test
    void explainsInJson() throws Exception {
        JsonNode document = new ObjectMapper()
                .readTree(explain("SELECT email, tags ? 'a' FROM customers", "--format=json")
                        .out());
        assertThat(document.get("decision").asText()).isEqualTo("rewrite");
        assertThat(document.get("protected")).hasSize(1);
        assertThat(document.get("result").get(0).get("origin").asText()).isEqualTo("public.customers.email");
        assertThat(document.get("result").get(1))
                .hasToString(
                        """
                {"name":"?column?","type":"bool","computed-from":[{"column":"public.customers.tags"}]}\
                """);
        assertThat(document.get("rewritten").asText()).startsWith("SELECT email, tags ? 'a' FROM (SELECT");
        JsonNode refused =
                new ObjectMapper().readTree(explain("CALL x()", "--format=json").out());
        assertThat(refused.get("decision").asText()).isEqualTo("refuse");
        assertThat(refused.has("rewritten")).isFalse();
    }

    @Test
    void saysWhatIsWrongInOneLine(@TempDir Path directory) throws Exception {
        assertThat(explain("SELECT nothing FROM products").err())
                .isEqualTo(
                        "bauta: PostgreSQL does not accept the statement: ERROR: column \"nothing\" does not exist\n");
        assertThat(explain("SELECT id FROM products WHERE id = 'canary'"))
                .isEqualTo(new CommandRun(8, "", "bauta: PostgreSQL does not accept the statement: SQLSTATE 22P02\n"));
        Path bad = Files.writeString(directory.resolve("bad.yaml"), "version: 2\ncolumns: []\n");
        CommandRun run = CommandRun.of("explain", "--rules=" + bad, "SELECT 1");
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).startsWith("bauta: " + bad + ":1:10: ");
    }

    private static CommandRun explain(String sql, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "explain",
                "--host=" + database.host(),
                "--port=" + database.port(),
                "--user=postgres",
                "--database=" + database.name(),
                "--rules=" + rules));
        arguments.addAll(Arrays.asList(options));
        arguments.add(sql);
        return CommandRun.of(arguments.toArray(new String[0]));
    }
}
