package dev.bauta.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

/**
 * {@link DriverBenchmark} with ways that take turns within one JVM, an iteration each: JMH runs all of one way before it comes to the
 * next, and what else a shared machine does meanwhile, or what the compiler has made of this JVM, is then taken for a difference between
 * them. The shorter a turn, the less of that is in one round. Takes JMH's options; {@code -wi} and {@code -i} are rounds, in each of which every
 * way has its turn. Ends with a table of medians, and of each way's speed beside another's in the same round: the median of all rounds of all
 * JVMs, and where the median lies with 95 % confidence, by the ranks of the rounds.
 */
public final class DriverTurns {
    private static final int FORKS = 3;
    private static final int WARMUP_ROUNDS = 15;
    private static final int ROUNDS = 30;
    private static final TimeValue TURN = TimeValue.milliseconds(200);
    /** All by the PostgreSQL driver: shorter SQL by hand, SQL by hand that gives the same types, and the same SQL. */
    private static final List<String> BASELINES = List.of("pgjdbc", "typed", "rewritten");

    private static final List<String> WAYS =
            List.of("pgjdbc", "typed", "rewritten", "bauta", "p6spy", "aws", "shardingsphere");

    /** Of the normal distribution, which the number of rounds below the median has for many rounds. */
    private static final double NORMAL_95 = 1.96;

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
        StringBuilder table = new StringBuilder("\n| benchmark | way | median |");
        BASELINES.forEach(
                baseline -> table.append(" speed beside ").append(baseline).append(" |"));
        table.append("\n| --- | --- | ---: |")
                .append(" ---: |".repeat(BASELINES.size()))
                .append("\n");
        times.forEach((benchmark, ways) -> ways.forEach((way, scores) -> {
            table.append(String.format(
                    Locale.ROOT, "| %s | %s | %,.1f %s |", benchmark, way, median(scores), units.get(benchmark)));
            BASELINES.forEach(baseline ->
                    table.append(" ").append(speed(ways.get(baseline), scores)).append(" |"));
            table.append("\n");
        }));
        return table.toString();
    }

    static String speed(@Nullable List<Double> baseline, List<Double> scores) {
        if (baseline == null) {
            return "";
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < scores.size(); i++) {
            ratios.add(baseline.get(i) / scores.get(i));
        }
        Collections.sort(ratios);
        double half = ratios.size() / 2.0;
        double margin = NORMAL_95 * Math.sqrt(ratios.size()) / 2;
        return String.format(
                Locale.ROOT,
                "%.3f [%.3f–%.3f]",
                median(ratios),
                ratios.get((int) Math.max(0, half - margin)),
                ratios.get((int) Math.min(ratios.size() - 1, half + margin)));
    }

    static double median(List<Double> values) {
        return new ListStatistics(
                        values.stream().mapToDouble(Double::doubleValue).toArray())
                .getPercentile(50);
    }
}
