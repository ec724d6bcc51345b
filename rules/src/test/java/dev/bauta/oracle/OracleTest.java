package dev.bauta.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.engine.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rewritten query on the tables answers what the client's own query answers on hand-written masked views. */
class OracleTest {
    /** A refusal is safe, but each of these queries is one that clients write: few may be refused. */
    private static final double TOLERATED_REFUSALS = 0.03;

    private static final String ON_VIEWS = "-- views: ";
    private static Oracle oracle;

    /** What the client says, and what to ask the views, which is the same but where views have limits of their own. */
    record Query(String sql, String onViews) {
        @Override
        public String toString() {
            return sql;
        }
    }

    @BeforeAll
    static void open() throws Exception {
        oracle = Oracle.open();
    }

    @AfterAll
    static void close() throws Exception {
        oracle.close();
    }

    /** The file's paragraphs; the first explains the file. */
    static List<Query> queries() {
        return Arrays.stream(Oracle.text("queries.sql").split("\n\n"))
                .skip(1)
                .map(String::strip)
                .map(OracleTest::query)
                .toList();
    }

    private static Query query(String paragraph) {
        if (!paragraph.startsWith(ON_VIEWS)) {
            return new Query(paragraph, paragraph);
        }
        int end = paragraph.indexOf('\n');
        return new Query(paragraph.substring(end + 1), paragraph.substring(ON_VIEWS.length(), end));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void answersAsMaskedViewsDo(Query query) throws Exception {
        Answer expected = oracle.onViews(query.onViews());
        assertThat(expected.error()).as("the query is valid").isNull();
        Decision decision = oracle.decide(query.sql());
        if (!(decision instanceof Decision.Refuse)) {
            assertThat(oracle.onTables(decision, query.sql())).isEqualTo(expected);
        }
    }

    @Test
    void refusesFew() {
        List<String> refused = new ArrayList<>();
        List<Query> queries = queries();
        for (Query query : queries) {
            if (oracle.decide(query.sql()) instanceof Decision.Refuse refuse) {
                refused.add(refuse.refusal().message() + ": " + query.sql());
            }
        }
        assertThat(refused).hasSizeLessThanOrEqualTo((int) (queries.size() * TOLERATED_REFUSALS));
    }
}
