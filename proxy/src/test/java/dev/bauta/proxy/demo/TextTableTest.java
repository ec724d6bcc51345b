package dev.bauta.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static final TextTable RAW =
            new TextTable(List.of("id", "email"), List.of(List.of("1", "ada@example.com"), List.of("2", "bo@x.org")));
    private static final TextTable MASKED =
            new TextTable(List.of("id", "email"), List.of(List.of("1", "a***"), List.of("2", "b***")));

    @Test
    void alignsColumnsAndCutsLongCells() {
        assertThat(String.join("\n", RAW.lines(12)))
                .isEqualTo(
                        """
                         id | email
                        ----+--------------
                         1  | ada@example…
                         2  | bo@x.org""");
    }

    @Test
    void putsTwoTablesSideBySide() {
        assertThat(String.join("\n", TextTable.sideBySide("raw", RAW, "masked", MASKED, 40)))
                .isEqualTo(
                        """
                         raw                  ║ masked
                         id | email           ║ id | email
                        ----+-----------------║----+-------
                         1  | ada@example.com ║ 1  | a***
                         2  | bo@x.org        ║ 2  | b***""");
    }

    @Test
    void cutsCellsToFitTheWidth() {
        assertThat(TextTable.sideBySide("raw", RAW, "masked", MASKED, 30))
                .containsExactly(
                        " raw             ║ masked",
                        " id | email      ║ id | email",
                        "----+------------║----+-------",
                        " 1  | ada@examp… ║ 1  | a***",
                        " 2  | bo@x.org   ║ 2  | b***");
    }
}
