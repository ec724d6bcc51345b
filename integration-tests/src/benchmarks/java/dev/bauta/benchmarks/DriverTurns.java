package dev.bauta.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * {@link DriverBenchmark} with forks that take turns: JMH runs all forks of one way before it comes to the next, and what else a
 * shared machine does meanwhile is then taken for a difference between them. Takes JMH's options, {@code -f} being the number of
 * turns. All of them use one database. Ends with a table of medians, and of each way's speed beside the PostgreSQL driver's in the
 * same turn: the median of the turns, and the least and the greatest.
 */
public final class DriverTurns {
    private static final int TURNS = 7;
    private static final String BASELINE = "pgjdbc";

    private DriverTurns() {}

    /** The time of an operation by benchmark and way, one for each turn. */
    private final Map<String, Map<String, List<Double>>> times = new LinkedHashMap<>();

    private final Map<String, String> units = new LinkedHashMap<>();

    /** Runs the benchmarks. */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        Options given = new CommandLineOptions(arguments);
        Options turn = new OptionsBuilder()
                .parent(given)
                .include(
                        given.getIncludes().isEmpty()
                                ? DriverBenchmark.class.getName()
                                : given.getIncludes().get(0))
                .forks(1)
                .jvmArgsAppend("-D" + DriverBenchmark.DATABASE + "=" + DriverBenchmark.createDatabase())
                .build();
        int turns = given.getForkCount().orElse(TURNS);
        DriverTurns measured = new DriverTurns();
        for (int i = 0; i < turns; i++) {
            measured.add(new Runner(turn).run());
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
                median(scores),
                units.get(benchmark),
                ways.containsKey(BASELINE) ? speed(ways.get(BASELINE), scores) : ""))));
        return table.toString();
    }

    private static String speed(List<Double> baseline, List<Double> scores) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < scores.size(); i++) {
            ratios.add(baseline.get(i) / scores.get(i));
        }
        ratios.sort(null);
        return String.format(
                Locale.ROOT, "%.2f [%.2f–%.2f]", median(ratios), ratios.get(0), ratios.get(ratios.size() - 1));
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
