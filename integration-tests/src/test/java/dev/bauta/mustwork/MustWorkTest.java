package dev.bauta.mustwork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.testing.Scenario;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every statement of the groups answers through each door as PostgreSQL does: the same rows to the byte, column names, types,
 * command tags, notices, errors. A statement on clear relations is compared with a copy of the same database; one on protected
 * relations with a database in which masking views that are written by hand have the tables' names.
 */
class MustWorkTest {
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

    private static Pair pair(boolean clear) throws Exception {
        return new Pair(clear ? tables : views, tables, oracle("rules.yaml"));
    }

    @ParameterizedTest
    @EnumSource
    void clearStatementsAnswerOnTheWireAsOnTheSameTables(Conversation conversation) throws Exception {
        converse(conversation, true);
    }

    @ParameterizedTest
    @EnumSource
    void protectedStatementsAnswerOnTheWireAsOnMaskingViews(Conversation conversation) throws Exception {
        converse(conversation, false);
    }

    private static void converse(Conversation conversation, boolean clear) throws Exception {
        List<String> differences = new ArrayList<>();
        try (Pair pair = pair(clear)) {
            for (Group group : Group.all(clear)) {
                for (List<String> session : group.sessions()) {
                    pair.converse(conversation, session, clear && !group.createsRelations(), differences);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void clearStatementsAnswerThroughTheDriverAsOnTheSameTables() throws Exception {
        executeByJdbc(true);
    }

    @Test
    void protectedStatementsAnswerThroughTheDriverAsOnMaskingViews() throws Exception {
        executeByJdbc(false);
    }

    private static void executeByJdbc(boolean clear) throws Exception {
        List<String> differences = new ArrayList<>();
        try (Pair pair = pair(clear)) {
            for (Group group : Group.all(clear)) {
                for (List<String> session : group.sessions()) {
                    pair.executeByJdbc(session, differences);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    /** Two errors that are alike would prove little. */
    @Test
    void statementsSucceedWhereTheyAreMeantTo() throws Exception {
        List<String> surprises = new ArrayList<>();
        for (boolean clear : List.of(true, false)) {
            try (Pair pair = pair(clear)) {
                for (Group group : Group.all(clear)) {
                    for (List<String> session : group.sessions()) {
                        List<List<BackendMessage>> answers = pair.expected(Conversation.SIMPLE, session);
                        for (int i = 0; i < session.size(); i++) {
                            if (!error(answers.get(i)).equals(Group.expectedError(session.get(i)))) {
                                surprises.add(session.get(i) + " " + answers.get(i));
                            }
                        }
                    }
                }
            }
        }
        assertThat(surprises).isEmpty();
    }

    /** The answer's SQLSTATE; empty when there is no error. */
    private static String error(List<BackendMessage> answer) {
        return answer.stream()
                .filter(message -> message.type() == 'E')
                .map(message -> message.body().replaceAll("(?s).*\\bC=(\\w{5}).*", "$1"))
                .findFirst()
                .orElse("");
    }

    @Test
    void theCompatibilityPageCountsThem() throws Exception {
        StringBuilder table = new StringBuilder("| statements | | compared with |\n| --- | ---: | --- |\n");
        int total = 0;
        for (boolean clear : List.of(true, false)) {
            for (Group group : Group.all(clear)) {
                table.append("| %s | %d | %s |\n"
                        .formatted(group.name(), group.size(), clear ? "the same tables" : "masking views"));
                total += group.size();
            }
        }
        table.append("| together | ").append(total).append(" | |\n");
        assertThat(total).isGreaterThanOrEqualTo(300);
        assertThat(Files.readString(Path.of("../docs/compatibility.md"))).contains(table);
    }
}
