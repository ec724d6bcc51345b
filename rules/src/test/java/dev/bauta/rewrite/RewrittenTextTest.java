package dev.bauta.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.rewrite.Edit.Piece;
import dev.bauta.rewrite.RewrittenText.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RewrittenTextTest {
    /** A text, edits on its tokens, and what comes of it. */
    record Case(String text, String expected, Edit... edits) {
        @Override
        public String toString() {
            return text + " " + Arrays.toString(edits);
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case("a  b /* c */ d", "a  b /* c */ d"),
                new Case("a b c", "a x c", replace(1, 2, "x")),
                new Case("a b c", "a x", replace(1, 3, "x")),
                new Case("a b c", "a b, x c", Edit.insert(2, ", x")),
                new Case("a b c", "a b x c", Edit.insert(2, "x")),
                new Case("a b", "a b x", Edit.insert(2, " x")),
                new Case("a b c", "a  c", replace(1, 2, "")),
                new Case("a\"b\"c", "a x c", replace(1, 2, "x")),
                new Case("a\"b\"c", "a(x)c", replace(1, 2, "(x)")),
                new Case("a\"b\"c", "a c", replace(1, 2, "")),
                new Case("1-b", "1- -2", replace(2, 3, "-2")),
                new Case("a/b", "a/ *x", replace(2, 3, "*x")),
                new Case("a::b", "a x b", replace(1, 2, "x")),
                new Case("a b--c\nd", "a x --c\nd", replace(1, 2, "x")),
                new Case("a b/*c*/d", "a x /*c*/d", replace(1, 2, "x")),
                new Case("a/*c*/b--d", "x /*c*/ y --d", replace(0, 1, "x"), replace(1, 2, "y")),
                new Case("s . a", " a", replace(0, 2, "")),
                new Case("a b c d", "x y c d", replace(1, 2, "y"), replace(0, 1, "x")),
                new Case("a b c", "a y z c", replace(1, 2, "y"), Edit.insert(2, "z")),
                new Case(
                        "a b (c  d) e",
                        "a (x (c  d)) y  e",
                        new Edit(
                                1,
                                2,
                                List.of(
                                        new Piece.Text("(x "),
                                        new Piece.Source(new TokenRange(2, 6)),
                                        new Piece.Text(") y")),
                                true),
                        replace(2, 6, "")),
                new Case("'😀' b '😀'", "'😀' x '😀'", replace(1, 2, "x")));
    }

    private static Edit replace(int from, int to, String text) {
        return Edit.replace(new TokenRange(from, to), text);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void appliesEditsAndKeepsTokensApart(Case c) throws LexicalException {
        assertThat(rewrite(c.text(), List.of(c.edits())).text()).isEqualTo(c.expected());
    }

    @Test
    void tellsWhereMaskedRelationsStand() throws LexicalException {
        Edit masks = new Edit(1, 2, List.of(new Piece.Text("(SELECT) AS b")), true);
        RewrittenText rewritten = rewrite("a b c", List.of(replace(0, 1, "long"), masks));
        assertThat(rewritten.text()).isEqualTo("long (SELECT) AS b c");
        assertThat(rewritten.maskedRelations()).containsExactly(new Span(5, 18));
    }

    @Test
    void rejectsEditsThatOverlap() {
        assertThatThrownBy(() -> rewrite("a b c", List.of(replace(0, 2, "x"), replace(1, 3, "y"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void movesWithTheStatement() {
        Edit edit = new Edit(1, 2, List.of(new Piece.Text("x"), new Piece.Source(new TokenRange(2, 3))), true);
        assertThat(edit.shifted(3))
                .isEqualTo(new Edit(4, 5, List.of(new Piece.Text("x"), new Piece.Source(new TokenRange(5, 6))), true));
    }

    @Test
    void showsNothingOfTheText() throws LexicalException {
        RewrittenText rewritten = rewrite("SELECT 'secret'", List.of(replace(0, 1, "x")));
        assertThat(rewritten).hasToString("RewrittenText[PositionMap[1 edits]]");
    }

    /** Whatever is edited, a token that is not is led back to where it stood, in UTF-16 units and in characters. */
    @Test
    void leadsPositionsBack() throws LexicalException {
        long seed = Long.getLong("bauta.test.seed", 20261123);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            Tokens tokens = Lexer.lex(text(random), LexerSettings.SERVER);
            List<Edit> edits = new ArrayList<>();
            List<Integer> untouched = new ArrayList<>();
            for (int i = 0; i < tokens.size(); i++) {
                if (random.nextInt(3) == 0) {
                    edits.add(replace(i, i + 1, random.nextBoolean() ? "" : "(x 😀 y)"));
                } else {
                    untouched.add(i);
                }
            }
            RewrittenText rewritten = RewrittenText.of(tokens, edits);
            for (int i : untouched) {
                requireLeadsBack(rewritten, tokens, i, seed);
            }
        }
    }

    /** Names that are all different, some of them with a character beyond the basic plane. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            text.append(random.nextBoolean() ? "\"😀" + i + "\"" : " w" + i + "w ");
        }
        return text.toString();
    }

    private static void requireLeadsBack(RewrittenText rewritten, Tokens tokens, int token, long seed) {
        int offset = rewritten.text().indexOf(tokens.source(token));
        int position = rewritten.text().codePointCount(0, offset) + 1;
        String as = "seed " + seed + " token " + token + " of " + tokens.text();
        assertThat(rewritten.positions().toOriginalOffset(offset)).as(as).isEqualTo(tokens.start(token));
        assertThat(rewritten.positions().toOriginalPosition(position))
                .as(as)
                .isEqualTo(tokens.text().codePointCount(0, tokens.start(token)) + 1);
    }

    private static RewrittenText rewrite(String text, List<Edit> edits) throws LexicalException {
        return RewrittenText.of(Lexer.lex(text, LexerSettings.SERVER), edits);
    }
}
