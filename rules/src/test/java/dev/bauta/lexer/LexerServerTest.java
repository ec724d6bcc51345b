package dev.bauta.lexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The lexer against a real server's scanner. A syntax error of the server quotes the token at which it gave up, as its scanner cut it out:
 * so each token of a senseless text can be asked for, by sending the text from that token on.
 */
class LexerServerTest {
    private static final int TEXTS = 1500;
    private static final List<String> PIECES = List.of(
            " ", " ", "\n", "\t", "\r", "abc", "Ünï", "a$b", "_z", "e", "E", "b", "x", "n", "U&", "u", "1", "25", "3.5",
            ".", "..", "7e5", "9e", "'", "''", "'q'", "\\", "'\\'", "\"", "\"\"", "\"Q\"", "$$", "$t$", "$", "$1", "--",
            "/*", "*/", "+", "-", "*", "/", "<", ">", "=", "~", "!", "@", "#", "%", "^", "&", "|", "`", "?", "::", ":",
            ":=", "=>", ",", "[", "]", ")", "\u00A0", "😀");
    private static final String VALUES = "ab'\\$\n\"-/*é😀;%?{";

    private static Connection connection;
    private final long seed = Long.getLong("bauta.test.seed", 20261123);
    private final Random random = new Random(seed);

    @BeforeAll
    static void open() throws SQLException {
        connection = TestDatabase.create(
                        """
                        CREATE FUNCTION run(sql text) RETURNS text LANGUAGE plpgsql AS $f$
                        DECLARE answer text;
                        BEGIN
                          EXECUTE sql INTO answer;
                          RETURN answer;
                        EXCEPTION WHEN OTHERS THEN
                          RETURN 'error ' || SQLSTATE || ' ' || SQLERRM;
                        END $f$;
                        """)
                .connect();
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    /** What the server answers to each text: the first column, or the error. */
    private static List<@Nullable String> ask(List<String> texts) throws SQLException {
        String sql = "SELECT run(t) FROM unnest(?) WITH ORDINALITY AS x (t, n) ORDER BY n";
        List<@Nullable String> answers = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", texts.toArray()));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    answers.add(result.getString(1));
                }
            }
        }
        return answers;
    }

    private static @Nullable Tokens lex(String text) {
        try {
            return Lexer.lex(text, LexerSettings.SERVER);
        } catch (LexicalException e) {
            return null;
        }
    }

    // ---- where tokens start and end

    @Test
    void cutsTokensAsTheServerDoes() throws SQLException {
        List<String> texts = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            String text = soup();
            Tokens tokens = lex(text);
            for (int t = 0; tokens != null && t < tokens.size(); t++) {
                if (!isUescape(tokens, t)) {
                    texts.add(text.substring(tokens.start(t)));
                    expected.add("error 42601 syntax error at or near \"" + reported(tokens, t) + "\"");
                }
            }
        }
        requireAnswers(texts, expected);
    }

    /** The server reports Unicode escapes by their first part alone. */
    private static boolean isUescape(Tokens tokens, int token) {
        return tokens.kind(token) == TokenKind.UNICODE_IDENTIFIER || tokens.kind(token) == TokenKind.UNICODE_STRING;
    }

    /** The server reads {@code N} and the string as two tokens, with nothing between them. */
    private static String reported(Tokens tokens, int token) {
        String source = tokens.source(token);
        return tokens.kind(token) == TokenKind.NATIONAL_STRING ? source.substring(0, 1) : source;
    }

    private String soup() {
        StringBuilder text = new StringBuilder();
        int count = 1 + random.nextInt(9);
        for (int i = 0; i < count; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /** Where the lexer throws, the server must not find a whole token. */
    @Test
    void rejectsOnlyWhatTheServerRejects() throws SQLException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            String text = soup();
            try {
                Lexer.lex(text, LexerSettings.SERVER);
            } catch (LexicalException e) {
                texts.add(text.substring(e.offset()));
            }
        }
        List<@Nullable String> answers = ask(texts);
        for (int i = 0; i < texts.size(); i++) {
            String first = texts.get(i).substring(0, 1);
            boolean lone = ("error 42601 syntax error at or near \"" + first + "\"").equals(answers.get(i));
            boolean scanner = String.valueOf(answers.get(i)).startsWith("error ")
                    && !String.valueOf(answers.get(i)).startsWith("error 42601 syntax error");
            assertThat(scanner || (lone && "\\$nN".contains(first)))
                    .as("seed %d: %s answered %s", seed, texts.get(i), answers.get(i))
                    .isTrue();
        }
    }

    // ---- white space and comments

    @Test
    void skipsWhiteSpaceAndCommentsAsTheServerDoes() throws SQLException {
        List<String> pieces = List.of(" ", "\n", "\r", "\t", "\f", "--", "/*", "*/", "/", "*", "x", "'", "/**/", "\"");
        List<String> texts = new ArrayList<>();
        List<Boolean> valid = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder text = new StringBuilder("SELECT 1 ");
            for (int n = random.nextInt(10); n > 0; n--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            Tokens tokens = lex(text.toString());
            if (tokens == null || tokens.size() == 2) {
                texts.add(text.toString());
                valid.add(tokens != null);
            }
        }
        List<@Nullable String> answers = ask(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat("1".equals(answers.get(i)))
                    .as("seed %d: %s", seed, texts.get(i))
                    .isEqualTo(valid.get(i));
        }
    }

    // ---- values

    @Test
    void findsTheEndsOfStringsWhereTheServerDoes() throws SQLException {
        List<String> texts = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            String value = value();
            String text = "SELECT " + written(value);
            Tokens tokens = lex(text);
            assertThat(tokens == null ? 0 : tokens.size())
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(2);
            texts.add(text);
            expected.add(value);
        }
        requireAnswers(texts, expected);
    }

    private String value() {
        StringBuilder value = new StringBuilder();
        for (int n = random.nextInt(8); n > 0; n--) {
            int[] characters = VALUES.codePoints().toArray();
            value.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return value.toString();
    }

    private String written(String value) {
        String doubled = value.replace("'", "''");
        int half = value.isEmpty()
                ? 0
                : value.offsetByCodePoints(0, random.nextInt(value.codePointCount(0, value.length())));
        return switch (random.nextInt(6)) {
            case 0 -> "'" + doubled + "'";
            case 1 -> "E'" + value.replace("\\", "\\\\").replace("'", random.nextBoolean() ? "\\'" : "''") + "'";
            case 2 ->
                "U&'" + doubled.replace("\\", "\\\\").replace("é", "\\00e9").replace("😀", "\\+01f600") + "'";
            case 3 -> "u&'" + doubled.replace("é", "!00e9") + "' UESCAPE '!'";
            case 4 -> "$t$" + value + "$t$";
            default -> quoted(value.substring(0, half)) + " --'\n\t" + quoted(value.substring(half));
        };
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    @Test
    void readsNamesAsTheServerDoes() throws SQLException {
        List<String> texts = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            String name = name();
            Tokens tokens = lex(name);
            assertThat(tokens == null ? 0 : tokens.size())
                    .as("seed %d: %s", seed, name)
                    .isEqualTo(1);
            texts.add("SELECT json_object_keys(row_to_json(x)) FROM (SELECT 1 AS " + name + ") x");
            expected.add(String.valueOf(tokens == null ? null : tokens.name(0)));
        }
        requireAnswers(texts, expected);
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        List<String> pieces = List.of("a", "B", "É", "\u212A", "İ", "😀", "_", "select", "LONGER".repeat(10));
        for (int n = 1 + random.nextInt(5); n > 0; n--) {
            name.append(pieces.get(random.nextInt(pieces.size())));
        }
        return switch (random.nextInt(4)) {
            case 0 -> name + "$9";
            case 1 -> "\"" + name + "\"\" -- ;\"";
            case 2 -> "U&\"" + name.toString().replace("a", "\\0061") + "\\+01f600\"";
            default -> name.toString();
        };
    }

    private void requireAnswers(List<String> texts, List<String> expected) throws SQLException {
        List<@Nullable String> answers = ask(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(answers.get(i)).as("seed %d: %s", seed, texts.get(i)).isEqualTo(expected.get(i));
        }
    }
}
