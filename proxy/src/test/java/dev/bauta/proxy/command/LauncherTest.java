package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs a copy of the launcher in a directory with a blank in its name, with stand-ins for Java and Maven on the PATH. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "awk",
            "bash",
            "cat",
            "cp",
            "date",
            "dirname",
            "env",
            "find",
            "grep",
            "ln",
            "ls",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch");
    /** Prints its arguments in brackets, as Java would be started with them. */
    private static final String JAVA_17 =
            """
            #!/bin/sh
            [ "$1" != -version ] || { echo 'openjdk version "17.0.15" 2025-04-15' >&2; exit 0; }
            for argument; do printf '[%s]' "$argument"; done; echo
            exit "${FAKE_STATUS:-0}"
            """;

    private static final String MAVEN =
            """
            #!/bin/sh
            echo build >> builds
            echo '[INFO] Building Bauta Proxy 0.1.0   [1/1]'
            mkdir -p proxy/target/lib driver/target
            echo c > driver/target/bauta-jdbc-1.jar
            echo a > proxy/target/bauta-proxy-1.jar
            echo b > proxy/target/lib/b.jar
            """;

    private final Path bin;
    private final Path project;
    private final Map<String, String> environment = new HashMap<>();

    /** What a run of the launcher came to. */
    private record Run(int status, String out, String err) {}

    LauncherTest(@TempDir Path directory) throws IOException {
        bin = Files.createDirectory(directory.resolve("bin"));
        project = Files.createDirectory(directory.resolve("my project")).toRealPath();
    }

    @BeforeEach
    void layOut() throws IOException {
        for (String tool : TOOLS) {
            script(tool, "#!/bin/sh\nexec '" + findTool(tool) + "' \"$@\"\n");
        }
        for (String file : List.of(
                "pom.xml",
                "rules/pom.xml",
                "driver/pom.xml",
                "proxy/pom.xml",
                "rules/src/main/A",
                "driver/src/main/C",
                "proxy/src/main/B")) {
            Files.createDirectories(project.resolve(file).getParent());
            Files.writeString(project.resolve(file), file);
        }
        Files.copy(Path.of("..", "bauta"), project.resolve("bauta"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }

    @Test
    void saysThatJavaIsMissing() throws Exception {
        assertThat(run("demo"))
                .isEqualTo(new Run(3, "", "bauta: Java not found; install a JDK 17 or later, or set JAVA_HOME\n"));
    }

    @Test
    void saysThatJavaIsTooOld() throws Exception {
        script("java", "#!/bin/sh\necho 'java version \"1.8.0_402\"' >&2\n");
        assertThat(run("demo"))
                .isEqualTo(new Run(
                        3,
                        "",
                        "bauta: Java 1.8.0 is too old (" + bin.resolve("java")
                                + "); install a JDK 17 or later, or set JAVA_HOME\n"));
    }

    @Test
    void saysThatJavaDoesNotRun() throws Exception {
        script("java", "#!/bin/sh\necho 'Unable to locate a Java Runtime.' >&2\nexit 1\n");
        assertThat(run("demo"))
                .isEqualTo(new Run(
                        3,
                        "",
                        "bauta: " + bin.resolve("java")
                                + " does not run; install a JDK 17 or later, or set JAVA_HOME\n"));
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        script("java", JAVA_17);
        assertThat(run("demo"))
                .isEqualTo(new Run(
                        3, "", "bauta: Maven not found; install Maven 3.8 or later (the first start builds Bauta)\n"));
        assertThat(project.resolve(".bauta/lock")).doesNotExist();
    }

    @Test
    void saysWhereTheLogOfAFailedBuildIs() throws Exception {
        script("java", JAVA_17);
        script("mvn", "#!/bin/sh\necho '[INFO] fine'\necho '[ERROR] Foo.java:[1,2] broken'\nexit 1\n");
        Run run = run("demo");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err())
                .endsWith("[ERROR] Foo.java:[1,2] broken\nbauta: the build failed; its whole log is "
                        + project.resolve(".bauta/build.log") + "\n");
    }

    @Test
    void buildsOnceAndHandsArgumentsAndStatusOn() throws Exception {
        script("java", JAVA_17);
        script("mvn", MAVEN);
        Run first = run("demo", "--once", "a b", "");
        assertThat(first.err()).contains("bauta: building", "bauta: built in");
        Run second = run("demo", "--once", "a b", "");
        String app = Files.readString(project.resolve(".bauta/current")).strip();
        assertThat(second)
                .isEqualTo(new Run(
                        0,
                        "[-XX:+UseSerialGC][-XX:NewSize=8m][-Dfile.encoding=UTF-8][-cp]["
                                + project.resolve(".bauta").resolve(app)
                                + "/*][dev.bauta.proxy.command.BautaCommand][demo][--once][a b][]\n",
                        ""));
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(builds()).isEqualTo(1);
        assertThat(project.resolve(".bauta").resolve(app).resolve("b.jar")).exists();
    }

    @Test
    void archivesTheClassesOfABuild() throws Exception {
        script(
                "java",
                JAVA_17.replace(
                        "for argument",
                        "case $1 in -XX:ArchiveClassesAtExit=*) echo archive > \"${1#*=}\" ;; esac\nfor argument"));
        script("mvn", MAVEN);
        Run run = run("proxy");
        assertThat(run.err()).contains("bauta: archiving classes, so that starts are quick\n");
        Path app = project.resolve(".bauta")
                .resolve(Files.readString(project.resolve(".bauta/current")).strip());
        assertThat(run.out())
                .isEqualTo("[-XX:SharedArchiveFile=" + app + "/classes.jsa][-Xlog:cds=off][-Xlog:cds+dynamic=off]"
                        + "[-XX:+UseSerialGC][-XX:NewSize=8m][-Dfile.encoding=UTF-8][-cp][" + app
                        + "/*][dev.bauta.proxy.command.BautaCommand][proxy]\n");
    }

    @Test
    void leavesTheCollectorToTheUser() throws Exception {
        script("java", JAVA_17);
        script("mvn", MAVEN);
        environment.put("BAUTA_JAVA_OPTS", "-Xmx1g -XX:+UseG1GC");
        assertThat(run("proxy").out()).startsWith("[-Xmx1g][-XX:+UseG1GC][-Dfile.encoding=UTF-8]");
    }

    @Test
    void buildsAnewWhenASourceIsNewer() throws Exception {
        script("java", JAVA_17);
        script("mvn", MAVEN);
        run("demo");
        Files.setLastModifiedTime(
                project.resolve("rules/src/main/A"), FileTime.from(Instant.now().plusSeconds(5)));
        run("demo");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void runsThroughASymbolicLink() throws Exception {
        script("java", JAVA_17);
        script("mvn", MAVEN);
        Path link = Files.createSymbolicLink(bin.resolve("bauta"), Path.of("../my project/bauta"));
        Run run = finish(start(link, "proxy"));
        assertThat(run.status()).isZero();
        assertThat(run.out()).endsWith("[dev.bauta.proxy.command.BautaCommand][proxy]\n");
    }

    @Test
    void buildsOnceForTwoWhoStartAtTheSameTime() throws Exception {
        script("java", JAVA_17);
        script("mvn", MAVEN.replace("echo build", "until [ -f go ]; do sleep 0.1; done\necho build"));
        Process first = start(project.resolve("bauta"), "one");
        awaitLine(first, "bauta: building");
        Process second = start(project.resolve("bauta"), "two");
        awaitLine(second, "bauta: another process (" + first.pid() + ") is building; waiting for it");
        Files.createFile(project.resolve("go"));
        assertThat(finish(first).status()).isZero();
        assertThat(finish(second).out()).endsWith("[two]\n");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void takesTheLockOfAProcessThatDied() throws Exception {
        script("java", JAVA_17);
        script("mvn", MAVEN);
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectory(project.resolve(".bauta"));
        Files.createSymbolicLink(project.resolve(".bauta/lock"), Path.of(Long.toString(dead.pid())));
        assertThat(run("demo").status()).isZero();
    }

    private void script(String name, String text) throws IOException {
        Path file = Files.writeString(bin.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int builds() throws IOException {
        return Files.readAllLines(project.resolve("builds")).size();
    }

    private Run run(String... arguments) throws Exception {
        return finish(start(project.resolve("bauta"), arguments));
    }

    private Process start(Path launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(bin.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Run finish(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), out, err);
    }

    private static void awaitLine(Process process, String start) throws IOException {
        BufferedReader err = process.errorReader();
        String line = err.readLine();
        assertThat(line).startsWith(start);
    }

    private static Path findTool(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
