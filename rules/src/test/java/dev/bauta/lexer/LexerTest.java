package dev.bauta.lexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LexerTest {
    /** A text and its tokens, each as {@code KIND source} or, for names, {@code KIND source=name}. */
    record Case(String text, String... tokens) {}

    static List<Case> cases() {
        return List.of(
                new Case("SELECT a", "WORD SELECT=select", "WORD a=a"),
                new Case("\"a\"\"B\"", "QUOTED_IDENTIFIER \"a\"\"B\"=a\"B"),
                new Case("ÄB", "WORD ÄB=Äb"),
                new Case("\u212Aelvin", "WORD \u212Aelvin=\u212Aelvin"),
                new Case("a$b$c", "WORD a$b$c=a$b$c"),
                new Case("a\u00A0b", "WORD a\u00A0b=a\u00A0b"),
                new Case("a/**/b", "WORD a=a", "WORD b=b"),
                new Case("a/*x/*y*/z*/b", "WORD a=a", "WORD b=b"),
                new Case("a--b\nc--d\re", "WORD a=a", "WORD c=c", "WORD e=e"),
                new Case("'a''b'", "STRING 'a''b'"),
                new Case("'a\\' b", "STRING 'a\\'", "WORD b=b"),
                new Case("E'a\\' b'", "ESCAPE_STRING E'a\\' b'"),
                new Case("'a'\n 'b'", "STRING 'a'\n 'b'"),
                new Case("'a' -- x\n--y\n'b'", "STRING 'a' -- x\n--y\n'b'"),
                new Case("'a' 'b'", "STRING 'a'", "STRING 'b'"),
                new Case("'a' /*\n*/ 'b'", "STRING 'a'", "STRING 'b'"),
                new Case("E'a'\n'\\''", "ESCAPE_STRING E'a'\n'\\''"),
                new Case("$$a$$", "DOLLAR_STRING $$a$$"),
                new Case("$x$ $$ $y$ $x$", "DOLLAR_STRING $x$ $$ $y$ $x$"),
                new Case("b'01' X'ff' N'n' ", "BIT_STRING b'01'", "HEX_STRING X'ff'", "NATIONAL_STRING N'n'"),
                new Case("X'1''2'", "HEX_STRING X'1'", "STRING '2'"),
                new Case("U&\"d\\0061t\\+000061\"", "UNICODE_IDENTIFIER U&\"d\\0061t\\+000061\"=data"),
                new Case("U&\"d!0061\" UESCAPE '!'", "UNICODE_IDENTIFIER U&\"d!0061\" UESCAPE '!'=da"),
                new Case("U&'a' uescape '!' b", "UNICODE_STRING U&'a' uescape '!'", "WORD b=b"),
                new Case("u & \"a\"", "WORD u=u", "OPERATOR &", "QUOTED_IDENTIFIER \"a\"=a"),
                new Case(
                        "1 2.5 .5 1. 1e5 1.5E-3",
                        "INTEGER 1",
                        "NUMERIC 2.5",
                        "NUMERIC .5",
                        "NUMERIC 1.",
                        "NUMERIC 1e5",
                        "NUMERIC 1.5E-3"),
                new Case("1..10", "INTEGER 1", "SYMBOL ..", "INTEGER 10"),
                new Case("$1::int", "PARAMETER $1", "SYMBOL ::", "WORD int=int"),
                new Case("a:=b=>c", "WORD a=a", "SYMBOL :=", "WORD b=b", "OPERATOR =>", "WORD c=c"),
                new Case("a[1:2]", "WORD a=a", "SYMBOL [", "INTEGER 1", "SYMBOL :", "INTEGER 2", "SYMBOL ]"),
                new Case("a*-1", "WORD a=a", "OPERATOR *", "OPERATOR -", "INTEGER 1"),
                new Case("a@-1", "WORD a=a", "OPERATOR @-", "INTEGER 1"),
                new Case("a<>-- c\n1", "WORD a=a", "OPERATOR <>", "INTEGER 1"),
                new Case("a=+-+b", "WORD a=a", "OPERATOR =", "OPERATOR +", "OPERATOR -", "OPERATOR +", "WORD b=b"),
                new Case("a+/*c*/b", "WORD a=a", "OPERATOR +", "WORD b=b"),
                new Case("a//b", "WORD a=a", "OPERATOR //", "WORD b=b"),
                new Case("a->>'k'", "WORD a=a", "OPERATOR ->>", "STRING 'k'"),
                new Case("j ? 'a' ?| b", "WORD j=j", "OPERATOR ?", "STRING 'a'", "OPERATOR ?|", "WORD b=b"),
                new Case("a;;b", "WORD a=a", "SYMBOL ;", "SYMBOL ;", "WORD b=b"),
                new Case(""));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAsPostgresqlDoes(Case c) throws LexicalException {
        assertThat(describe(Lexer.lex(c.text(), LexerSettings.SERVER))).containsExactly(c.tokens());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a",
                "E'a\\'",
                "$$a",
                "$a$ b $A$",
                "\"a",
                "\"\"",
                "/* /* */",
                "1a",
                "$1a",
                "1.5x",
                "\\",
                "{",
                "\u0001",
                "a\0b",
                "U&\"\\00\"",
                "U&\"a\" UESCAPE 'ab'",
                "U&\"a\" UESCAPE '+'",
                "U&\"\\0000\"",
                "\"\uD800\"",
                "\u000B",
                "$a"
            })
    void rejectsWhatTheServerRejects(String text) {
        assertThatThrownBy(() -> Lexer.lex(text, LexerSettings.SERVER)).isInstanceOf(LexicalException.class);
    }

    @Test
    void readsBackslashesAsEscapesWhenStringsDoNotConform() throws LexicalException {
        Tokens tokens = Lexer.lex("'a\\' b' c", new LexerSettings(false, false));
        assertThat(describe(tokens)).containsExactly("ESCAPE_STRING 'a\\' b'", "WORD c=c");
    }

    @Test
    void readsQuestionMarksOfJdbcTextAsParameters() throws LexicalException {
        Tokens tokens = Lexer.lex("a=? AND b ??| ? '?'", LexerSettings.JDBC);
        assertThat(describe(tokens))
                .containsExactly(
                        "WORD a=a",
                        "OPERATOR =",
                        "PARAMETER ?",
                        "WORD AND=and",
                        "WORD b=b",
                        "OPERATOR ??|",
                        "PARAMETER ?",
                        "STRING '?'");
        assertThat(tokens.operator(5, true)).isEqualTo("?|");
    }

    @Test
    void truncatesNamesTo63BytesWithoutCuttingACharacter() throws LexicalException {
        String name = "x".repeat(62) + "é" + "y";
        assertThat(Lexer.lex(name, LexerSettings.SERVER).name(0)).isEqualTo("x".repeat(62));
        assertThat(Lexer.lex("\"" + "Ab".repeat(40) + "\"", LexerSettings.SERVER)
                        .name(0))
                .isEqualTo(("Ab".repeat(40)).substring(0, 63));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a INTO b FROM c",
                "select A.\"Into\", \"set_config\" FROM \"x y\"",
                "SELECT U&\"\\0069nto\", U&\"d!0061t\" UESCAPE '!'",
                "SELECT größe FROM an_identifier_of_more_than_sixty_three_bytes_that_is_cut_by_the_server",
            })
    void mayHoldEveryNameThatItHolds(String text) throws LexicalException {
        Tokens tokens = Lexer.lex(text, LexerSettings.SERVER);
        for (int i = 0; i < tokens.size(); i++) {
            String name = tokens.name(i);
            assertThat(name == null || tokens.mayHold(name)).isTrue();
        }
        assertThat(Lexer.lex("SELECT 1", LexerSettings.SERVER).mayHold("into")).isFalse();
    }

    @Test
    void splitsStatementsAtSemicolons() throws LexicalException {
        Tokens tokens = Lexer.lex("; a b ;; 'x;y' ; ", LexerSettings.SERVER);
        assertThat(Statements.split(tokens)).containsExactly(new TokenRange(1, 3), new TokenRange(5, 6));
        for (String body : List.of(
                "CREATE RULE r AS ON INSERT TO t DO (SELECT (1); SELECT 2)",
                "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT CASE 1 WHEN 2 THEN 3 END; SELECT 1; END",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS case; SELECT 2 case; END",
                "CREATE FUNCTION f(begin atomic) RETURNS int LANGUAGE sql AS ''")) {
            assertThat(Statements.split(Lexer.lex(body + "; SELECT 1", LexerSettings.SERVER)))
                    .as(body)
                    .hasSize(2)
                    .contains(new TokenRange(
                            0, Lexer.lex(body, LexerSettings.SERVER).size()));
        }
    }

    static List<String> describe(Tokens tokens) {
        List<String> described = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String name = tokens.name(i);
            described.add(tokens.kind(i) + " " + tokens.source(i) + (name == null ? "" : "=" + name));
        }
        return described;
    }
}
