package dev.bauta.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.bauta.engine.Decision;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Queries drawn at random answer on rewritten tables as on masked views. A query that does not is made small before it is shown. */
class RandomQueryTest {
    private static final int QUERIES = 1500;
    private static final long LONGEST = Duration.ofSeconds(20).toNanos();
    private static final int SHRINKING_STEPS = 3000;

    private int answered;
    private int refused;

    @Test
    void answersAsMaskedViewsDo() throws Exception {
        long seed = Long.getLong("bauta.test.seed", 20_261_123L);
        System.out.println("RandomQueryTest seed " + seed);
        Random random = new Random(seed);
        long end = System.nanoTime() + LONGEST;
        int asked = 0;
        try (Oracle oracle = Oracle.open()) {
            for (; asked < QUERIES && System.nanoTime() < end; asked++) {
                Choices choices = Choices.drawn(random);
                String sql = new QueryGenerator(choices).statement();
                if (differs(oracle, sql)) {
                    fail("seed " + seed + "\n" + report(oracle, smallest(oracle, choices.taken())));
                }
            }
        }
        assertThat(answered).as("valid among " + asked + " of seed " + seed).isGreaterThan(asked * 7 / 10);
        assertThat(refused).as("refused among " + asked + " of seed " + seed).isLessThan(asked / 50 + 1);
    }

    private boolean differs(Oracle oracle, String sql) throws SQLException {
        Decision decision = oracle.decide(sql);
        if (decision instanceof Decision.Refuse) {
            refused++;
            return false;
        }
        Answer expected = oracle.onViews(sql);
        answered += expected.error() == null ? 1 : 0;
        return !oracle.onTables(decision, sql).equals(expected);
    }

    /** Leaves out runs of choices, and then makes choices smaller, as long as the query still fails. */
    private String smallest(Oracle oracle, List<Integer> failing) throws SQLException {
        List<Integer> best = failing;
        int steps = 0;
        for (int run = Math.max(1, failing.size() / 2); run > 0; run /= 2) {
            for (int i = 0; i < best.size() && steps < SHRINKING_STEPS; i++, steps++) {
                List<Integer> shorter = new ArrayList<>(best);
                shorter.subList(i, Math.min(i + run, shorter.size())).clear();
                best = smaller(oracle, best, shorter);
            }
        }
        for (int i = 0; i < best.size() && steps < SHRINKING_STEPS; i++, steps++) {
            List<Integer> simpler = new ArrayList<>(best);
            simpler.set(i, 0);
            best = smaller(oracle, best, simpler);
        }
        return new QueryGenerator(Choices.replayed(best)).statement();
    }

    private List<Integer> smaller(Oracle oracle, List<Integer> best, List<Integer> candidate) throws SQLException {
        String before = new QueryGenerator(Choices.replayed(best)).statement();
        String after = new QueryGenerator(Choices.replayed(candidate)).statement();
        return after.length() < before.length() && differs(oracle, after) ? candidate : best;
    }

    private static String report(Oracle oracle, String sql) throws SQLException {
        Decision decision = oracle.decide(sql);
        String rewritten = decision instanceof Decision.Rewrite rewrite ? rewrite.text() : sql;
        return "query:     " + sql + "\nrewritten: " + rewritten + "\non tables: " + oracle.onTables(decision, sql)
                + "\non views:  " + oracle.onViews(sql);
    }
}
