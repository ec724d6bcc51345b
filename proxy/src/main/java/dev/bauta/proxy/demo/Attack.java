package dev.bauta.proxy.demo;

import dev.bauta.proxy.demo.HostileStatement.Expected;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends hostile statements and looks for raw values in all that comes back. Immutable.
 *
 * @param client who sends them
 * @param values what must not come back
 */
record Attack(Client client, RawValues values) {
    private static final int WIDEST = 56;

    /**
     * Sends the statements and prints what became of each.
     *
     * @return true when nothing raw came through
     */
    boolean run(List<HostileStatement> statements, PrintWriter out) throws SQLException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        int leaks = 0;
        for (HostileStatement statement : statements) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Answer answer = client.ask(statement);
            Optional<String> leak = findLeak(statement, answer);
            leaks += leak.isPresent() ? 1 : 0;
            rows.add(List.of(
                    String.join("; ", statement.sql()),
                    leak.map(l -> "RAW: " + l).orElse(describe(answer))));
        }
        new TextTable(List.of("hostile statement", "answer"), rows)
                .lines(WIDEST)
                .forEach(out::println);
        out.println();
        out.printf(
                "%d hostile statements, %,d raw values looked for in every answer: %s%n",
                statements.size(), values.count(), leaks == 0 ? "none came through." : leaks + " CAME THROUGH.");
        return leaks == 0;
    }

    /** What came through that must not, if anything did. */
    Optional<String> findLeak(HostileStatement statement, Answer answer) {
        Optional<String> value = values.findIn(answer.text());
        if (value.isPresent()) {
            return value;
        }
        if (statement.expected() == Expected.NO_ROWS && answer.rows() > 0) {
            return Optional.of("a guess was confirmed");
        }
        if (statement.expected() == Expected.REFUSAL && answer.error().isEmpty()) {
            return Optional.of("it was not refused");
        }
        return Optional.empty();
    }

    private static String describe(Answer answer) {
        String rows = answer.rows() == 0 ? "no rows" : "masked: " + answer.first();
        return answer.error().orElse(rows).replaceAll("\\s+", " ");
    }
}
