package dev.bauta.mustwork;

import dev.bauta.doors.ScenarioServer;
import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;

/** A database behind Bauta, and one without it that must answer alike. What is written in one is written in the other. */
final class Pair implements AutoCloseable {
    private static final String USER = "analyst";

    private final TestDatabase direct;
    private final TestDatabase masked;
    private final ScenarioServer doors;

    Pair(TestDatabase model, TestDatabase tables, String rules) throws Exception {
        direct = model.copy();
        masked = tables.copy();
        doors = new ScenarioServer(masked, rules);
    }

    /** What both answer to one session on the wire, statement by statement. */
    void converse(Conversation conversation, List<String> session, boolean origins, List<String> differences)
            throws IOException {
        var expected = expected(conversation, session);
        var found = conversation.hold(doors.address(), USER, masked.name(), session);
        for (int i = 0; i < session.size(); i++) {
            compare(
                    session.get(i),
                    comparable(expected.get(i), origins),
                    comparable(found.get(i), origins),
                    differences);
        }
    }

    /** What is answered without Bauta. */
    List<List<BackendMessage>> expected(Conversation conversation, List<String> session) throws IOException {
        return conversation.hold(new InetSocketAddress(direct.host(), direct.port()), USER, direct.name(), session);
    }

    /** What both answer to one session through JDBC. */
    void executeByJdbc(List<String> session, List<String> differences) throws Exception {
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

    private static List<BackendMessage> comparable(List<BackendMessage> messages, boolean origins) {
        List<BackendMessage> comparable = new ArrayList<>();
        for (BackendMessage message : messages) {
            comparable.add(
                    origins ? Conversation.withoutCatalogOrigins(message) : Conversation.withoutOrigins(message));
        }
        return comparable;
    }

    private static void compare(String statement, List<?> expected, List<?> found, List<String> differences) {
        if (!expected.equals(found)) {
            differences.add("\n" + statement + "\n  expected " + expected + "\n  found    " + found);
        }
    }

    @Override
    public void close() throws IOException {
        doors.close();
        direct.drop();
        masked.drop();
    }
}
