package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.session.Limits;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the packaging starts is there. */
class PackagingTest {
    private static final Path PACKAGING = Path.of("src/packaging");
    private static final String MAIN = BautaCommand.class.getName();

    @Test
    void systemdTakesTheUnit() throws Exception {
        Assumptions.assumeTrue(Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, "systemd-analyze").canExecute()));
        Process verify = new ProcessBuilder(
                        "systemd-analyze",
                        "verify",
                        PACKAGING.resolve("bauta.service").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // Java need not lie where the unit looks for it on the machine of a test.
        assertThat(output.lines().filter(line -> line.contains("bauta.service") && !line.contains("not executable")))
                .isEmpty();
    }

    @Test
    void theUnitStartsAndStopsTheProxyAsItIs() throws IOException {
        String unit = Files.readString(PACKAGING.resolve("bauta.service"));
        List<String> command = List.of(option(unit, "ExecStart").split(" "));
        assertParses(command.subList(command.indexOf(MAIN) + 1, command.size()));
        assertThat(Integer.parseInt(option(unit, "TimeoutStopSec")))
                .isGreaterThan((int) Limits.DEFAULT.drain().toSeconds());
        assertThat(option(unit, "RestartPreventExitStatus"))
                .isEqualTo(ExitStatus.USAGE.code() + " " + ExitStatus.CONFIGURATION.code());
        assertThat(option(unit, "ExecReload")).startsWith("/bin/kill -HUP");
        assertThat(option(unit, "User")).isNotEqualTo("root");
    }

    @Test
    void theVirtualMachineTakesTheUnitsOptionsWithoutAWarning() throws Exception {
        List<String> command =
                new ArrayList<>(List.of(option(Files.readString(PACKAGING.resolve("bauta.service")), "ExecStart")
                        .split(" ")));
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.subList(command.indexOf("-cp"), command.size()).clear();
        command.add("-version");
        Process version = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .doesNotContain("warning");
        assertThat(version.waitFor()).isZero();
    }

    private static String option(String unit, String name) {
        return Pattern.compile("(?m)^" + name + "=(.*)$")
                .matcher(unit)
                .results()
                .map(line -> line.group(1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theImageStartsTheProxyAsNobodySpecial() throws IOException {
        String file = Files.readString(PACKAGING.resolve("Containerfile"));
        assertThat(file).contains("\", \"" + MAIN + "\"]\n").contains("\nUSER 65532:65532\n");
        String command = Pattern.compile("(?m)^CMD \\[(.*)]$")
                .matcher(file)
                .results()
                .map(line -> line.group(1))
                .findFirst()
                .orElseThrow();
        assertParses(List.of(command.replace("\"", "").split(", ")));
    }

    private static void assertParses(List<String> arguments) {
        CommandLine.ParseResult parsed =
                new CommandLine(new BautaCommand()).parseArgs(arguments.toArray(String[]::new));
        assertThat(parsed.subcommand().commandSpec().name()).isEqualTo("proxy");
        assertThat(parsed.subcommand().errors()).isEmpty();
    }
}
