package dev.bauta.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.NotAnalysableException;
import dev.bauta.parser.Parsed;
import dev.bauta.parser.TableReference;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parser understands the whole of {@code constructs.sql}, and finds the references that are marked there. */
class ConstructsTest {
    static List<Constructs> constructs() throws IOException {
        return Constructs.all();
    }

    @ParameterizedTest
    @MethodSource("constructs")
    void findsWhatIsMarked(Constructs construct) throws NotAnalysableException {
        Parsed parsed = Parsed.ofText(construct.sql());

        assertThat(mark(parsed)).isEqualTo(construct.marked());
        assertThat(parsed.unexplained()).isEmpty();
    }

    /** A statement that ends too early is refused in one of the two ways, or is another statement. */
    @ParameterizedTest
    @MethodSource("constructs")
    void survivesEveryTruncation(Constructs construct) {
        String sql = construct.sql();
        for (int length = 1; length < sql.length(); length++) {
            examine(sql.substring(0, length));
            examine(sql.substring(length));
        }
    }

    private static void examine(String text) {
        try {
            Tokens tokens = Lexer.lex(text, LexerSettings.SERVER);
            for (TokenRange statement : Statements.split(tokens)) {
                Parsed.of(tokens, statement);
            }
        } catch (LexicalException | NotAnalysableException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static String mark(Parsed parsed) {
        Tokens tokens = parsed.tokens();
        StringBuilder marked = new StringBuilder(tokens.text());
        parsed.references().stream()
                .map(TableReference::name)
                .sorted(Comparator.comparingInt(TokenRange::from).reversed())
                .forEach(name -> {
                    marked.insert(tokens.end(name.to() - 1), '»');
                    marked.insert(tokens.start(name.from()), '«');
                });
        return marked.toString();
    }
}
