package dev.bauta.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bauta.gate.StatementHead;
import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.NotAnalysableException;
import dev.bauta.parser.Parsed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parser understands every query that the recorded clients send. */
class ClientStatementsTest {
    private final List<String> refused = new ArrayList<>();

    @Test
    void understandsWhatClientsSend() throws IOException, LexicalException {
        List<String> texts = Corpora.clientTexts();
        assumeTrue(!texts.isEmpty(), "no client was recorded");

        for (String text : texts) {
            Tokens tokens = Lexer.lex(text, LexerSettings.SERVER);
            for (TokenRange statement : Statements.split(tokens)) {
                examine(tokens, statement);
            }
        }

        assertThat(refused).isEmpty();
    }

    private void examine(Tokens tokens, TokenRange statement) {
        if (StatementHead.of(tokens, statement) instanceof StatementHead.Query query) {
            try {
                Parsed.of(tokens, query.query());
            } catch (NotAnalysableException e) {
                refused.add(e.getMessage() + " in " + tokens.text());
            }
        }
    }
}
