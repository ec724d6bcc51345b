package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.demo.Demo;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/walk-through.md}, as they stand there, on the demonstration's database. */
class WalkThroughTest {
    private static final Pattern COMMAND = Pattern.compile("(?m)^    \\./bauta ((?!demo).*)$");
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");
    private static final Pattern SERVER_PORT = Pattern.compile("jdbc:bauta:postgresql://127\\.0\\.0\\.1:(\\d+)/");

    @Test
    void everyCommandEndsWell(@TempDir Path directory) throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "postgres");
        StringWriter printed = new StringWriter();
        try (Demo demo = Demo.start(freePort(), new PrintWriter(printed))) {
            demo.showHowToConnect();
            Matcher port = SERVER_PORT.matcher(printed.toString());
            assertThat(port.find()).isTrue();
            List<String> ran = new ArrayList<>();
            for (String command : commands(port.group(1), directory)) {
                List<String> words = new ArrayList<>();
                WORD.matcher(command)
                        .results()
                        .forEach(word -> words.add(word.group().replace("\"", "")));
                if (command.contains("--port")) {
                    words.add("--password-from=file:" + password);
                }
                StringWriter said = new StringWriter();
                PrintWriter writer = new PrintWriter(said);
                assertThat(BautaCommand.run(writer, writer, words.toArray(String[]::new)))
                        .as(command + "\n" + said)
                        .isZero();
                ran.add(words.get(0));
                useKeyInAFile(directory);
            }
            assertThat(ran).containsExactly("discover", "check-rules", "check", "explain", "verify");
            assertThat(Files.readString(directory.resolve("report.html"))).contains("<h1>Passed</h1>");
        }
    }

    private static List<String> commands(String port, Path directory) throws Exception {
        return COMMAND.matcher(Files.readString(Path.of("..", "docs", "walk-through.md")))
                .results()
                .map(line -> line.group(1).replace("$PORT", port))
                .map(line -> line.replaceAll("\\b(draft\\.yaml|demo\\.json|report\\.html)", directory + "/$1"))
                .toList();
    }

    /** A process cannot set its own environment. */
    private static void useKeyInAFile(Path directory) throws Exception {
        Path draft = directory.resolve("draft.yaml");
        Files.writeString(directory.resolve("bauta.key"), "0123456789abcdef0123456789abcdef");
        Files.writeString(draft, Files.readString(draft).replace("${env:BAUTA_KEY}", "${file:bauta.key}"));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
