package dev.bauta.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bauta.clients.ClientProgram.Phase;
import dev.bauta.doors.ScenarioServer;
import dev.bauta.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each client works through Bauta: a program that prints all that it sees prints what it prints on a direct connection, with masks
 * in the place of protected values. Clients that are not installed are skipped.
 */
class ClientProgramTest {
    static List<ClientProgram> programs() {
        return ClientProgram.all();
    }

    static List<ClientProgram> javaPrograms() {
        return ClientProgram.all().stream().filter(ClientProgram::isJava).toList();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void worksThroughTheProxy(ClientProgram program) throws Exception {
        assumeTrue(program.version().isPresent(), "not installed");
        String expected = Shop.masked(directly(program));
        TestDatabase database = prepared(program);
        try (ScenarioServer doors = new ScenarioServer(database, Shop.RULES)) {
            Target target = Target.local(doors.address().getPort(), Shop.MASKED_USER, database.name());
            assertSame(expected, program.run(Phase.WORK, target));
        } finally {
            database.drop();
        }
    }

    @ParameterizedTest
    @MethodSource("javaPrograms")
    void worksThroughTheDriver(ClientProgram program) throws Exception {
        String expected = Shop.masked(directly(program));
        TestDatabase database = prepared(program);
        try (ScenarioServer doors = new ScenarioServer(database, Shop.RULES)) {
            Target target =
                    new Target(database.host(), database.port(), Shop.MASKED_USER, database.name(), doors.driverUrl());
            assertSame(expected, program.run(Phase.WORK, target));
        } finally {
            database.drop();
        }
    }

    private static String directly(ClientProgram program) {
        TestDatabase database = prepared(program);
        String output = program.run(Phase.WORK, target(database, Shop.MASKED_USER));
        database.drop();
        assertThat(output).contains("ada@example.org", "alan@example.org");
        return output;
    }

    private static TestDatabase prepared(ClientProgram program) {
        TestDatabase database = TestDatabase.create();
        program.run(Phase.SCHEMA, target(database, "postgres"));
        Shop.grant(database);
        return database;
    }

    private static Target target(TestDatabase database, String user) {
        return new Target(database.host(), database.port(), user, database.name(), database.url());
    }

    private static void assertSame(String expected, String output) {
        assertThat(output.lines().toList()).isEqualTo(expected.lines().toList());
    }
}
