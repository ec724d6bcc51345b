package dev.bauta.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/**
 * {@link DriverBenchmark} with ways that take turns within one JVM, an iteration each: JMH runs all of one way before it comes to the
 * next, and what else a shared machine does meanwhile, or what the compiler has made of this JVM, is then taken for a difference between
 * them. Takes JMH's options; {@code -wi} and {@code -i} are rounds, in each of which every way has its turn. Ends with a table of medians,
 * and of each way's speed beside the PostgreSQL driver's in the same round: the median of the rounds, and the middle half of them.
 */
public final class DriverTurns {
    private static final int FORKS = 3;
    private static final int WARMUP_ROUNDS = 3;
    private static final int ROUNDS = 5;
    private static final TimeValue TURN = TimeValue.seconds(3);
    private static final String BASELINE = "pgjdbc";
    private static final List<String> WAYS =
            List.of(BASELINE, "typed", "rewritten", "bauta", "p6spy", "aws", "shardingsphere");

    private final List<String> ways;
    /** The time of an operation by benchmark and way, one for each round. */
    private final Map<String, Map<String, List<Double>>> times = new LinkedHashMap<>();

    private final Map<String, String> units = new LinkedHashMap<>();

    private DriverTurns(List<String> ways) {
        this.ways = ways;
    }

    /** Runs the benchmarks. */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        Options given = new CommandLineOptions(arguments);
        DriverTurns turns =
                new DriverTurns(List.copyOf(given.getParameter("way").orElse(WAYS)));
        turns.run(given);
        System.out.print(turns.table());
        // The embedded server's threads do not end by themselves.
        System.exit(0);
    }

    private void run(Options given) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .parent(given)
                .param("way", String.join(DriverBenchmark.TURNS, ways))
                .forks(given.getForkCount().orElse(FORKS))
                .warmupIterations(ways.size() * given.getWarmupIterations().orElse(WARMUP_ROUNDS))
                .warmupTime(given.getWarmupTime().orElse(TURN))
                .measurementIterations(
                        ways.size() * given.getMeasurementIterations().orElse(ROUNDS))
                .measurementTime(given.getMeasurementTime().orElse(TURN))
                .jvmArgsAppend("-D" + DriverBenchmark.DATABASE + "=" + DriverBenchmark.createDatabase());
        if (given.getIncludes().isEmpty()) {
            options.include(DriverBenchmark.class.getName());
        }
        for (RunResult result : new Runner(options.build()).run()) {
            result.getBenchmarkResults().forEach(fork -> add(result, fork));
        }
    }

    private void add(RunResult result, BenchmarkResult fork) {
        String benchmark = result.getPrimaryResult().getLabel();
        units.put(benchmark, result.getPrimaryResult().getScoreUnit());
        Map<String, List<Double>> byWay = times.computeIfAbsent(benchmark, key -> new LinkedHashMap<>());
        int turn = 0;
        for (IterationResult iteration : fork.getIterationResults()) {
            byWay.computeIfAbsent(ways.get(turn++ % ways.size()), key -> new ArrayList<>())
                    .add(iteration.getPrimaryResult().getScore());
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
        return String.format(
                Locale.ROOT, "%.3f [%.2f–%.2f]", median(ratios), ratios.getPercentile(25), ratios.getPercentile(75));
    }

    private static double median(Statistics values) {
        return values.getPercentile(50);
    }
}
