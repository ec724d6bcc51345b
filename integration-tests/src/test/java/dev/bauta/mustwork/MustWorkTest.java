package dev.bauta.mustwork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.doors.ScenarioServer;
import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.testing.Scenario;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every statement of the groups answers through each door as PostgreSQL does: the same rows to the byte, column names, types,
 * command tags, notices, errors. A statement on clear relations is compared with a copy of the same database; one on protected
 * relations with a database in which masking views that are written by hand have the tables' names.
 */
class MustWorkTest {
    private static final String USER = "analyst";
    private static final String GRANTS =
            """
            ;GRANT USAGE ON SCHEMA shop TO analyst;
            GRANT ALL ON ALL TABLES IN SCHEMA public, hr, archive, shop TO analyst;
            GRANT ALL ON ALL SEQUENCES IN SCHEMA public, shop TO analyst;
            """;

    private static TestDatabase tables;
    private static TestDatabase views;

    @BeforeAll
    static void create() {
        String catalog = Scenario.text("catalog.sql") + ";" + oracle("more-rows.sql") + ";" + Group.text("catalog.sql");
        tables = TestDatabase.create(catalog + GRANTS);
        views = TestDatabase.create(catalog + ";" + oracle("views.sql") + GRANTS);
    }

    private static String oracle(String file) {
        return Group.resource("/oracle/" + file);
    }

    static Stream<Arguments> conversations() {
        return groups().flatMap(group ->
                Stream.of(Conversation.values()).map(conversation -> Arguments.of(conversation, group)));
    }

    static Stream<Group> groups() {
        return Stream.concat(Group.CLEAR.stream(), Group.PROTECTED.stream()).map(Group::read);
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void answersOnTheWireAsPostgresqlDoes(Conversation conversation, Group group) throws Exception {
        boolean clear = Group.CLEAR.contains(group.file());
        UnaryOperator<BackendMessage> comparable = clear ? UnaryOperator.identity() : Conversation::withoutOrigins;
        TestDatabase direct = (clear ? tables : views).copy();
        TestDatabase masked = tables.copy();
        List<String> differences = new ArrayList<>();
        try (ScenarioServer doors = new ScenarioServer(masked, oracle("rules.yaml"))) {
            for (List<String> session : group.sessions()) {
                var expected = conversation.hold(
                        new InetSocketAddress(direct.host(), direct.port()), USER, direct.name(), session);
                var found = conversation.hold(doors.address(), USER, masked.name(), session);
                for (int i = 0; i < session.size(); i++) {
                    compare(
                            session.get(i),
                            expected.get(i).stream().map(comparable).toList(),
                            found.get(i).stream().map(comparable).toList(),
                            differences);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("groups")
    void answersThroughTheDriverAsPostgresqlDoes(Group group) throws Exception {
        TestDatabase direct = (Group.CLEAR.contains(group.file()) ? tables : views).copy();
        TestDatabase masked = tables.copy();
        List<String> differences = new ArrayList<>();
        try (ScenarioServer doors = new ScenarioServer(masked, oracle("rules.yaml"))) {
            for (List<String> session : group.sessions()) {
                try (Connection plain = direct.connect(USER);
                        Connection guarded = DriverManager.getConnection(doors.driverUrl(), USER, USER)) {
                    for (String statement : session) {
                        compare(
                                statement,
                                JdbcAnswer.lines(plain, statement),
                                JdbcAnswer.lines(guarded, statement),
                                differences);
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static void compare(String statement, List<?> expected, List<?> found, List<String> differences) {
        if (!expected.equals(found)) {
            differences.add("\n" + statement + "\n  expected " + expected + "\n  found    " + found);
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void succeedsWhereItIsMeantTo(Group group) throws IOException {
        TestDatabase direct = (Group.CLEAR.contains(group.file()) ? tables : views).copy();
        List<String> surprises = new ArrayList<>();
        for (List<String> session : group.sessions()) {
            var answers = Conversation.SIMPLE.hold(
                    new InetSocketAddress(direct.host(), direct.port()), USER, direct.name(), session);
            for (int i = 0; i < session.size(); i++) {
                String error = Group.expectedError(session.get(i));
                boolean asMeant = error.isEmpty()
                        ? answers.get(i).stream().noneMatch(message -> message.type() == 'E')
                        : answers.get(i).stream().anyMatch(message -> message.type() == 'E'
                                && message.body().contains("C=" + error));
                if (!asMeant) {
                    surprises.add(session.get(i) + " " + answers.get(i));
                }
            }
        }
        assertThat(surprises).isEmpty();
    }

    @Test
    void thereAreEnough() {
        assertThat(groups().mapToInt(Group::size).sum()).isGreaterThanOrEqualTo(300);
    }
}
