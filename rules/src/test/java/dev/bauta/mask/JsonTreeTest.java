package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;

/** What needs no server; that documents are written as PostgreSQL writes them is seen on one, with the masks. */
class JsonTreeTest {
    @Test
    void documentsOfManyLevelsAreReadAndWritten() {
        String deep = "[{\"a\": ".repeat(10_000) + "1" + "}]".repeat(10_000);
        assertThat(JsonTree.write(new JsonReader(deep).read())).isEqualTo(deep);
    }

    @Test
    void anErrorShowsNothingOfTheDocument() {
        assertThat(catchThrowable(() -> new JsonReader("{\"a\": canary").read()))
                .hasMessage("a value of a JSON type is no JSON")
                .hasNoCause();
    }
}
