package dev.bauta.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * The processor time of the point select of {@link DriverBenchmark} by several ways that take turns: of the server's process, as Linux counts
 * it, and of the client's thread. It tells whose work a difference is, and sees smaller ones than the time of the clock does, of which on a
 * shared machine much is waiting to be run. Of JMH's options it takes {@code -p way}, {@code -wi} and {@code -i}, which are rounds.
 */
public final class DriverProcessorTime {
    private static final int WARMUP_ROUNDS = 15;
    private static final int ROUNDS = 100;
    private static final int SELECTS = 4_000;

    /** As JMH asks of everybody who makes one. */
    private static final String BLACKHOLE =
            "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.";

    private DriverProcessorTime() {}

    /** What one way took, in µs a select, one for each round. */
    private record Times(String way, List<Double> server, List<Double> client) {}

    /** Runs the rounds, and prints a table. */
    public static void main(String[] arguments) throws Exception {
        CommandLineOptions given = new CommandLineOptions(arguments);
        List<String> ways =
                List.copyOf(given.getParameter("way").orElse(List.of("pgjdbc", "typed", "rewritten", "bauta")));
        DriverBenchmark benchmark = new DriverBenchmark();
        benchmark.way = String.join(DriverBenchmark.TURNS, ways);
        benchmark.open();
        List<Times> all = ways.stream()
                .map(way -> new Times(way, new ArrayList<>(), new ArrayList<>()))
                .toList();
        Blackhole hole = new Blackhole(BLACKHOLE);
        int warmup = given.getWarmupIterations().orElse(WARMUP_ROUNDS);
        int rounds = given.getMeasurementIterations().orElse(ROUNDS);
        for (int round = -warmup; round < rounds; round++) {
            for (Times times : all) {
                take(benchmark, hole, times, round >= 0);
            }
        }
        System.out.print(table(all));
        // The embedded server's threads do not end by themselves.
        System.exit(0);
    }

    private static void take(DriverBenchmark benchmark, Blackhole hole, Times times, boolean counts)
            throws SQLException, IOException {
        benchmark.turn();
        int process = benchmark.serverProcess();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long serverBefore = nanosOf(process);
        long clientBefore = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < SELECTS; i++) {
            benchmark.pointSelect(hole);
        }
        long client = threads.getCurrentThreadCpuTime() - clientBefore;
        // One more answer, and what came before it has been counted.
        benchmark.serverProcess();
        long server = nanosOf(process) - serverBefore;
        if (counts) {
            times.client().add(client / 1e3 / SELECTS);
            times.server().add(server / 1e3 / SELECTS);
        }
    }

    /** How long a process has run, in nanoseconds: the first number of {@code /proc/PID/schedstat} (Linux, scheduler/sched-stats). */
    private static long nanosOf(int process) throws IOException {
        String counted = Files.readString(Path.of("/proc/" + process + "/schedstat"));
        return Long.parseLong(counted.substring(0, counted.indexOf(' ')));
    }

    private static String table(List<Times> all) {
        Times baseline = all.get(0);
        StringBuilder table = new StringBuilder("\n| way | server, µs | speed beside " + baseline.way()
                + " | client, µs | speed beside " + baseline.way() + " |\n| --- | ---: | ---: | ---: | ---: |\n");
        for (Times times : all) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %s | %.2f | %s |%n",
                    times.way(),
                    DriverTurns.median(times.server()),
                    DriverTurns.speed(baseline.server(), times.server()),
                    DriverTurns.median(times.client()),
                    DriverTurns.speed(baseline.client(), times.client())));
        }
        return table.toString();
    }
}
