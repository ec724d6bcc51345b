package dev.bauta.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/**
 * {@link DriverBenchmark} with forks that take turns: JMH runs all forks of one way before it comes to the next, and what else a
 * shared machine does meanwhile is then taken for a difference between them. Takes JMH's options, {@code -f} being the number of
 * turns. All of them use one database. Ends with a table of medians, and of each way's speed beside the PostgreSQL driver's in the
 * same turn: the median of the turns, and the least and the greatest.
 */
public final class DriverTurns {
    private static final int TURNS = 7;
    private static final String BASELINE = "pgjdbc";

    /** The time of an operation by benchmark and way, one for each turn. */
    private final Map<String, Map<String, List<Double>>> times = new LinkedHashMap<>();

    private final Map<String, String> units = new LinkedHashMap<>();

    private DriverTurns() {}

    /** Runs the benchmarks. */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        Options given = new CommandLineOptions(arguments);
        ChainedOptionsBuilder turn = new OptionsBuilder()
                .parent(given)
                .forks(1)
                .jvmArgsAppend("-D" + DriverBenchmark.DATABASE + "=" + DriverBenchmark.createDatabase());
        if (given.getIncludes().isEmpty()) {
            turn.include(DriverBenchmark.class.getName());
        }
        int turns = given.getForkCount().orElse(TURNS);
        DriverTurns measured = new DriverTurns();
        for (int i = 0; i < turns; i++) {
            measured.add(new Runner(turn.build()).run());
        }
        System.out.print(measured.table());
        // The embedded server's threads do not end by themselves.
        System.exit(0);
    }

    private void add(Collection<RunResult> results) {
        for (RunResult result : results) {
            String benchmark = result.getPrimaryResult().getLabel();
            times.computeIfAbsent(benchmark, key -> new LinkedHashMap<>())
                    .computeIfAbsent(result.getParams().getParam("way"), key -> new ArrayList<>())
                    .add(result.getPrimaryResult().getScore());
            units.put(benchmark, result.getPrimaryResult().getScoreUnit());
        }
    }

    private String table() {
        StringBuilder table = new StringBuilder(
                "\n| benchmark | way | median | speed beside " + BASELINE + " |\n| --- | --- | ---: | ---: |\n");
        times.forEach((benchmark, ways) -> ways.forEach((way, scores) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %s | %,.1f %s | %s |%n",
                benchmark,
                way,
                median(new ListStatistics(
                        scores.stream().mapToDouble(Double::doubleValue).toArray())),
                units.get(benchmark),
                ways.containsKey(BASELINE) ? speed(ways.get(BASELINE), scores) : ""))));
        return table.toString();
    }

    private static String speed(List<Double> baseline, List<Double> scores) {
        ListStatistics ratios = new ListStatistics();
        for (int i = 0; i < scores.size(); i++) {
            ratios.addValue(baseline.get(i) / scores.get(i));
        }
        return String.format(Locale.ROOT, "%.2f [%.2f–%.2f]", median(ratios), ratios.getMin(), ratios.getMax());
    }

    private static double median(Statistics values) {
        return values.getPercentile(50);
    }
}
