package dev.bauta.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs of inference find the secret on a direct connection, and through either door find the same in both worlds. */
class InferenceTest {
    private static Worlds worlds;

    @BeforeAll
    static void open() throws Exception {
        worlds = new Worlds();
    }

    @AfterAll
    static void close() throws Exception {
        worlds.close();
    }

    @ParameterizedTest
    @EnumSource
    void findsTheSecretWithoutBauta(Inference attack) throws Exception {
        assertThat(worlds.each(world -> recover(attack, worlds.direct(world)))).isEqualTo(attack.secrets());
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingThroughTheProxy(Inference attack) throws Exception {
        requireNothing(attack, worlds.each(world -> recover(attack, worlds.throughProxy(world))));
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingThroughTheDriver(Inference attack) throws Exception {
        requireNothing(attack, worlds.each(world -> recover(attack, worlds.throughDriver(world))));
    }

    private static void requireNothing(Inference attack, List<String> found) {
        assertThat(found.get(0)).isEqualTo(found.get(1));
        assertThat(found).doesNotContainAnyElementsOf(attack.secrets());
    }

    /** A refusal tells nothing, and ends the attack. */
    private static String recover(Inference attack, Connection connection) throws SQLException {
        try (connection) {
            return attack.recover(connection);
        } catch (SQLException e) {
            return "error " + e.getSQLState();
        }
    }
}
