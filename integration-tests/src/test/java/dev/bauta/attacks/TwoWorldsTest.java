package dev.bauta.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every attack of the corpus tells the two worlds apart on a direct connection, and tells nothing through either door, in
 * whatever form it is sent.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoWorldsTest {
    private static Worlds worlds;

    @BeforeAll
    static void open() throws Exception {
        worlds = new Worlds();
    }

    @AfterAll
    static void close() throws Exception {
        worlds.close();
    }

    static List<Technique> techniques() {
        return Technique.all();
    }

    /** First, before attacks that commit have changed what is clear. */
    @Order(1)
    @ParameterizedTest
    @MethodSource("techniques")
    void leaksWithoutBauta(Technique technique) throws Exception {
        List<List<String>> harmless = new ArrayList<>();
        for (List<String> attack : technique.attacks()) {
            if (!differs(Worlds.ATTACKER, attack) && !differs("postgres", attack)) {
                harmless.add(attack);
            }
        }
        assertThat(harmless).as("attacks that attack nothing").isEmpty();
    }

    private static boolean differs(String user, List<String> attack) throws Exception {
        List<String> rolledBack = inTransaction(attack);
        List<List<String>> answers = worlds.each(world -> Form.direct(worlds, world, user, rolledBack));
        return !answers.get(0).equals(answers.get(1));
    }

    @Order(2)
    @ParameterizedTest
    @MethodSource("techniques")
    void tellsNothingThroughBauta(Technique technique) throws Exception {
        List<String> leaks = new ArrayList<>();
        for (List<String> attack : technique.attacks()) {
            for (Form form : Form.values()) {
                examine(form, inTransaction(attack), leaks);
                if (attack.size() > 1) {
                    examine(form, attack, leaks);
                }
            }
        }
        assertThat(leaks).isEmpty();
    }

    private static void examine(Form form, List<String> attack, List<String> leaks) throws Exception {
        List<List<String>> answers = worlds.each(world -> form.answers(worlds, world, attack));
        for (int i = 0; i < Math.max(answers.get(0).size(), answers.get(1).size()); i++) {
            String one = i < answers.get(0).size() ? answers.get(0).get(i) : "nothing";
            String other = i < answers.get(1).size() ? answers.get(1).get(i) : "nothing";
            if (!one.equals(other)) {
                leaks.add(form + " " + attack + ": " + one + " or " + other);
                return;
            }
        }
    }

    private static List<String> inTransaction(List<String> attack) {
        List<String> wrapped = new ArrayList<>(attack);
        wrapped.add(0, "BEGIN");
        wrapped.add("ROLLBACK");
        return wrapped;
    }

    @Order(3)
    @Test
    void theDocumentationHasTheFigures() throws Exception {
        List<String> table = new ArrayList<>();
        int all = 0;
        int refusedOfAll = 0;
        for (Technique technique : techniques()) {
            int refused = 0;
            for (List<String> attack : technique.attacks()) {
                refused += isRefused(attack) ? 1 : 0;
            }
            table.add(row(technique.name(), technique.attacks().size(), refused));
            all += technique.attacks().size();
            refusedOfAll += refused;
        }
        table.add(row("together", all, refusedOfAll));
        assertThat(all).isGreaterThan(300);
        assertThat(Files.readString(Path.of("..", "docs", "attacks.md"))).contains(String.join("\n", table));
    }

    private static String row(String name, int attacks, int refused) {
        return "| %s | %d | %d | %d |".formatted(name, attacks, attacks - refused, refused);
    }

    private static boolean isRefused(List<String> attack) throws Exception {
        return Form.SIMPLE.answers(worlds, 0, inTransaction(attack)).stream()
                .anyMatch(answer -> answer.startsWith("E") && answer.contains("\0C42501\0"));
    }
}
