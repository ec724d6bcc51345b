import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/**
 * A step of the build, run as a single source file: generates the parser. Takes the template of Calcite's parser, edits it, has
 * FMPP fill it with PostgreSQL's productions and key words (from {@code includes/} and {@code config.fmpp}), and JavaCC
 * generate Java from the result. Does nothing when nothing has changed since the last run.
 *
 * <p>Calcite's frame, tokens and tree stay; its productions make way for ours. Each edit is anchored on text that must occur
 * exactly once, so that a Calcite with another template fails the build.
 *
 * <p>Arguments: the directory with Calcite's template and settings, the one with ours, one for what lies in between, and the
 * one for the generated sources.
 */
final class ParserGenerator {
    private static final String INCLUDE_MEMBERS = "<#include \"/@includes/lookahead.ftl\" />\n";
    private static final String INCLUDE_PRODUCTIONS =
            "<#list parser.implementationFiles as file>\n<#include \"/@includes/\" + file />\n</#list>\n";
    private static final String UNSUPPORTED = "        throw new UnsupportedOperationException();\n";
    /** What javac would say of JavaCC's code. */
    private static final String SUPPRESSION =
            "@SuppressWarnings({\"cast\", \"dep-ann\", \"deprecation\", \"fallthrough\", \"rawtypes\", \"static\","
                    + " \"unchecked\"})\n";

    private String template;

    private ParserGenerator(String template) {
        this.template = template;
    }

    public static void main(String[] args) throws Exception {
        Path calcite = Path.of(args[0]);
        Path ours = Path.of(args[1]);
        Path work = Path.of(args[2]);
        Path sources = Path.of(args[3]);
        String digest = digest(calcite, ours, work.resolve("tools"));
        Path stamp = work.resolve("inputs.sha256");
        if (Files.exists(stamp) && Files.exists(sources) && Files.readString(stamp).equals(digest)) {
            return;
        }
        Files.createDirectories(work.resolve("templates"));
        Files.createDirectories(sources);
        for (Path old : files(sources)) {
            Files.delete(old);
        }
        ParserGenerator generator =
                new ParserGenerator(Files.readString(calcite.resolve("templates/Parser.jj")).replace("\r\n", "\n"));
        generator.edit();
        Files.writeString(work.resolve("templates/Parser.jj"), generator.template);
        quietly("fmpp", () -> fmpp(ours.resolve("config.fmpp"), work));
        quietly("javacc", () -> javacc(work.resolve("grammar/javacc/Parser.jj"), sources));
        for (Path source : files(sources)) {
            suppressWarnings(source);
        }
        Files.writeString(stamp, digest);
    }

    private static String digest(Path... directories) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path directory : directories) {
            for (Path file : files(directory)) {
                digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return new BigInteger(1, digest.digest()).toString(16);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static int fmpp(Path config, Path work) {
        String[] arguments = {
            "-C", config.toString(), "-S", work.resolve("templates").toString(), "-O", work.resolve("grammar").toString()
        };
        PrintWriter out = new PrintWriter(System.out, true);
        return fmpp.tools.CommandLine.execute(arguments, out, out);
    }

    private static int javacc(Path grammar, Path sources) throws Exception {
        return org.javacc.parser.Main.mainProgram(new String[] {
            "-STATIC=false", "-LOOKAHEAD=1", "-OUTPUT_DIRECTORY=" + sources, grammar.toString()
        });
    }

    private interface Tool {
        int run() throws Exception;
    }

    /** Shows what a tool prints only when it fails or finds the grammar ambiguous. */
    private static void quietly(String name, Tool tool) throws Exception {
        PrintStream standard = System.out;
        PrintStream error = System.err;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(captured, true, StandardCharsets.UTF_8);
        int code;
        try {
            System.setOut(stream);
            System.setErr(stream);
            code = tool.run();
        } finally {
            System.setOut(standard);
            System.setErr(error);
        }
        String output = captured.toString(StandardCharsets.UTF_8);
        if (code != 0 || output.contains("Choice conflict")) {
            error.println(output);
            throw new IllegalStateException(name + " failed, or warned of a choice conflict");
        }
    }

    private static void suppressWarnings(Path source) throws IOException {
        String text = Files.readString(source);
        Files.writeString(source, text.replaceFirst("(?m)^(?=(public )?(class|interface) )", SUPPRESSION));
    }

    private void edit() {
        insertAfter("    private static final Logger LOGGER = CalciteTrace.getParserTracer();\n", INCLUDE_MEMBERS);
        // Tokens come from our lexer: Calcite's is not generated, so no text can reach it.
        insertAfter("options {\n    STATIC = false;\n", "    USER_TOKEN_MANAGER = true;\n");
        replaceUpTo("    /**\n     * {@link SqlParserImplFactory} implementation", "    public SqlParseException normalizeE", "");
        replaceUpTo("        synchronized (${parser.class}.class) {", "    }\n\n    public void setTabSize", UNSUPPORTED);
        replace("        jj_input_stream.setTabSize(tabSize);\n", UNSUPPORTED);
        replaceUpTo("        final int stateOrdinal =", "    }\n\n    public void setQuotedCasing", UNSUPPORTED);
        replace("        return SqlExpressionEof();\n", UNSUPPORTED);
        replace("        return SqlStmtList();\n", UNSUPPORTED);
        replaceUpTo("        switchTo(LexicalState.BQID);", "    }\n\n    private SqlNode extend", UNSUPPORTED);
        replaceUpTo("/**\n * Allows parser to be extended with new types of table references.", "/* Epsilon */", "");
        replaceUpTo(
                "/*****************************************\n * Syntactical Descriptions ",
                "/* KEYWORDS:  anything in this list is a reserved word",
                INCLUDE_PRODUCTIONS);
        // A key word of PostgreSQL's bears the name.
        replace("    < #WHITESPACE:\n", "    < #BLANK:\n");
        replaceUpTo("/**\n * Parses a non-reserved keyword for use as an identifier.", "/* LITERALS */", "");
    }

    private void replace(String anchor, String text) {
        int at = find(anchor, 0);
        splice(at, at + anchor.length(), text);
    }

    private void insertAfter(String anchor, String text) {
        int at = find(anchor, 0) + anchor.length();
        splice(at, at, text);
    }

    private void replaceUpTo(String from, String upTo, String text) {
        int start = find(from, 0);
        splice(start, find(upTo, start), text);
    }

    private void splice(int from, int to, String text) {
        template = template.substring(0, from) + text + template.substring(to);
    }

    private int find(String anchor, int from) {
        int at = template.indexOf(anchor, from);
        if (at < 0 || template.indexOf(anchor, at + 1) >= 0) {
            throw new IllegalStateException("Calcite's template has changed; not found exactly once: " + anchor);
        }
        return at;
    }
}
