package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.ScriptedServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;

class BautaCommandTest {
    /** What a command line came to. */
    private record Run(int status, String out, String err) {}

    @Test
    void tellsAnAuditLogWithoutRecordsAndAKeyFileWithoutKey(@TempDir Path directory) throws IOException {
        Path log = Files.createFile(directory.resolve("audit.jsonl"));
        Path key = Files.writeString(directory.resolve("key"), "\nkey\n");
        assertThat(CommandRun.of("audit", "verify", log.toString()))
                .isEqualTo(new CommandRun(0, "there are no records" + System.lineSeparator(), ""));
        assertThat(CommandRun.of("audit", "verify", "--key-file", key.toString(), log.toString()))
                .isEqualTo(new CommandRun(
                        4,
                        "",
                        "bauta: " + key + " holds no key; it must stand in the first line" + System.lineSeparator()));
    }

    /** A server that lets the user in and then does not set the search_path. */
    @Test
    void aConnectionThatCannotBePreparedIsClosed(@TempDir Path directory) throws Exception {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), "version: 1\ncolumns: []\n");
        CompletableFuture<Void> closed = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            byte[] ready = Frontend.message('Z', new byte[] {'I'});
            peer.readStartup();
            peer.send(
                    Frontend.message('R', new byte[4]),
                    Frontend.message('S', ascii("server_version\0" + "15.0\0")),
                    Frontend.message('S', ascii("client_encoding\0UTF8\0")),
                    Frontend.message('S', ascii("standard_conforming_strings\0on\0")),
                    Frontend.message('S', ascii("integer_datetimes\0on\0")),
                    Frontend.message('K', new byte[8]),
                    ready);
            int type = peer.read().type();
            while (type != 'S') {
                if (type == 'Q') {
                    // What the driver sets by itself.
                    peer.send(Frontend.message('C', ascii("SET\0")), ready);
                }
                type = peer.read().type();
            }
            peer.send(Frontend.message('E', ascii("SERROR\0C57014\0Mno\0\0")), ready);
            peer.readToEnd();
            closed.complete(null);
        })) {
            assertThat(CommandRun.of(
                            "check",
                            "--rules=" + rules,
                            "--host=127.0.0.1",
                            "--port=" + server.port(),
                            "--database=shop",
                            "--user=owner"))
                    .isEqualTo(new CommandRun(
                            5, "", "bauta: the database cannot be read: SQLSTATE 57014" + System.lineSeparator()));
            assertThat(closed).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whatever name a client gives itself, it writes no line of its own into the log, and no escape code of a terminal. */
    @Test
    void logsEachEventOnOneLine() throws Exception {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(BautaCommand.class.getResource("/logback.xml")));
        Logger logger = context.getLogger(Logger.ROOT_LOGGER_NAME);
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, "session ended", null, null);
        event.addKeyValuePair(new KeyValuePair("reason", "for user \"a\n\u001b[2Jb\u2028c\""));
        byte[] line = ((ConsoleAppender<ILoggingEvent>) logger.getAppender("STDERR"))
                .getEncoder()
                .encode(event);
        assertThat(new String(line, StandardCharsets.UTF_8))
                .endsWith(" WARN  ROOT session ended reason=\"for user \"a??[2Jb?c\"\"" + System.lineSeparator());
    }

    @Test
    void helpNamesCommandsAndExitStatus() {
        Run run = run("--help");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("demo", "proxy", "check-rules", "130   Ctrl-C")
                .contains("4     the configuration or the rule file has problems");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void helpOfTheDemoNamesItsOptions() {
        assertThat(run("demo", "--help").out())
                .contains("--once", "--port=PORT", "The proxy's port on 127.0.0.1. Default: 6432.");
    }

    @Test
    void tellsItsVersion() {
        assertThat(run("--version")).isEqualTo(new Run(0, "bauta (not packaged)\n", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dance           | Unmatched argument at index 0: 'dance' (see 'bauta --help')",
                "demo --prot=1   | Unknown option: '--prot=1' (see 'bauta demo --help')",
                "demo --port=0   | --port must be from 1 to 65535 (see 'bauta demo --help')",
                "demo --port=x   | Invalid value for option '--port': 'x' is not an int (see 'bauta demo --help')",
                "proxy           | Missing required option: '--config=FILE' (see 'bauta proxy --help')",
                "check-rules     | Missing required parameter: 'FILE' (see 'bauta check-rules --help')",
            })
    void explainsAWrongCommandLineInOneLine(String line, String message) {
        assertThat(run(line.split(" "))).isEqualTo(new Run(2, "", "bauta: " + message + "\n"));
    }

    @Test
    void explainsThatThePortIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            assertThat(run("demo", "--port=" + port))
                    .isEqualTo(new Run(
                            6,
                            "",
                            "bauta: cannot listen on 127.0.0.1:" + port
                                    + ": Address already in use; choose another address with --port\n"));
        }
    }

    @Test
    void listsTheProblemsOfAConfiguration(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("bauta.yaml"), "rules: rules.yaml\nserver: {hots: h}\n");
        assertThat(run("proxy", "--config", file.toString()))
                .isEqualTo(new Run(
                        4,
                        "",
                        """
                        bauta: FILE:1:1: 'catalog' has no 'user'; name a role that may read the system catalogs
                        bauta: FILE:1:1: 'catalog' has no 'databases'; list the databases to serve
                        bauta: FILE:2:10: unknown key 'hots', did you mean 'host'?
                        """
                                .replace("FILE", file.toString())));
    }

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = BautaCommand.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Run(status, out.toString(), err.toString());
    }
}
