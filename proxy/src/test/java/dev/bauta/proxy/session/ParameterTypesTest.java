package dev.bauta.proxy.session;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.EngineUnderTest;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types of parameters by their oid in Parse: the server casts the values of Bind to them, though no text names them. */
class ParameterTypesTest {
    private static final String RULES =
            """
            version: 1
            roles: [{name: dba, users: [postgres], access: raw}]
            columns:
              - {match: public.t.secret, mask: {type: constant, value: masked}}
            """;
    private static final String ALLOWING = RULES + "functions: {allow: [public.is_known]}\n";

    private static EngineUnderTest proxy;
    private TestClient client;

    @BeforeAll
    static void start() throws IOException, SQLException {
        proxy = EngineUnderTest.start(
                """
                CREATE TABLE t (id int, secret text);
                INSERT INTO t VALUES (1, 'canary');
                CREATE FUNCTION is_known(text) RETURNS boolean LANGUAGE sql
                  AS 'SELECT EXISTS (SELECT FROM t WHERE secret = $1)';
                CREATE DOMAIN known AS text CHECK (is_known(VALUE));
                CREATE TYPE pair AS (a int, b known);
                CREATE TYPE span AS RANGE (SUBTYPE = known);
                CREATE TABLE holder (k known);
                CREATE DOMAIN plain AS text CHECK (VALUE <> '')
                """,
                RULES);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @BeforeEach
    void login() throws IOException {
        proxy.replaceRules(RULES);
        client = proxy.login("analyst");
    }

    @AfterEach
    void logout() throws IOException {
        client.close();
    }

    private int oid(String type) throws IOException {
        String query = "SELECT oid FROM pg_type WHERE typname = '" + type + "'";
        return Integer.parseUnsignedInt(client.query(query).get(1).firstValue());
    }

    private static String types(List<BackendMessage> answer) {
        return answer.stream().map(message -> String.valueOf(message.type())).collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"known", "_known", "pair", "_pair", "span", "holder", "_holder"})
    void unsafeTypesAreRefused(String type) throws IOException {
        List<BackendMessage> answer = client.answer(
                parse("", "SELECT 1 WHERE $2 IS NULL", 25, oid(type)), bind("", "", "", "canary"), execute("", 0));
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).fields())
                .containsEntry('C', "42501")
                .containsEntry(
                        'M', "type public." + type + " is not allowed to a masked role: it calls public.is_known")
                .doesNotContainKey('P');
    }

    @Test
    void otherTypesAreNot() throws IOException {
        List<BackendMessage> answer =
                client.answer(parse("", "SELECT $1", oid("plain")), bind("", "", "x"), execute("", 0));
        assertThat(types(answer)).isEqualTo("12DCZ");
        assertThat(answer.get(2).firstValue()).isEqualTo("x");
    }

    @Test
    void aTypeThatIsAllowedNoLongerIsRefusedAtItsNextUse() throws IOException {
        proxy.replaceRules(ALLOWING);
        byte[] prepare = parse("s", "SELECT $1", oid("known"));
        assertThat(types(client.answer(prepare, bind("", "s", "canary"), execute("", 0))))
                .isEqualTo("12DCZ");
        proxy.replaceRules(RULES);
        List<BackendMessage> answer = client.answer(bind("", "s", "canary"), execute("", 0));
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).fields()).containsEntry('C', "42501");
    }
}
