package dev.bauta.coverage;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script for psql, cut into pieces of SQL: psql's own commands and the data of COPY are left out. */
final class PsqlScript {
    private static final Pattern COMMAND = Pattern.compile("\\\\(g|gx|gset|gexec|gdesc|crosstabview|watch)\\b.*");
    private static final Pattern DATA =
            Pattern.compile("(\\s|--.*\\n)*copy\\b.*\\bfrom\\s+stdin\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final List<String> pieces = new ArrayList<>();
    private final StringBuilder piece = new StringBuilder();
    private boolean data;

    private PsqlScript() {}

    /** The pieces, each of one or more whole statements, whether valid or not. */
    static List<String> pieces(String script) {
        PsqlScript reader = new PsqlScript();
        script.lines().forEach(reader::line);
        reader.end();
        return reader.pieces;
    }

    private void line(String line) {
        if (data) {
            data = !line.equals("\\.");
            return;
        }
        Matcher command = COMMAND.matcher(line);
        if (command.find()) {
            piece.append(line, 0, command.start());
            end();
        } else if (!line.startsWith("\\")) {
            piece.append(line.replace("\\;", ";")).append('\n');
            if (line.contains(";") && isComplete(piece.toString())) {
                end();
            }
        }
    }

    private void end() {
        String text = piece.toString();
        piece.setLength(0);
        if (!text.isBlank()) {
            pieces.add(text);
            data = DATA.matcher(text).matches();
        }
    }

    /** True when no string and no comment is open and a semicolon comes last. */
    private static boolean isComplete(String text) {
        try {
            Tokens tokens = Lexer.lex(text, LexerSettings.SERVER);
            return tokens.is(tokens.size() - 1, ";");
        } catch (LexicalException e) {
            return !String.valueOf(e.getMessage()).startsWith("unterminated")
                    && text.stripTrailing().endsWith(";");
        }
    }
}
