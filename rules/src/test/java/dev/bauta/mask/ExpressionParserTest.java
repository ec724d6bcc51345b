package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What DBAs write, and what stands in queries for it. */
class ExpressionParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "value # r.v",
                "\"value\" # r.value",
                "Other # r.other",
                "left(value, 2) || '…' # (pg_catalog.\"left\"(r.v, 2) OPERATOR(pg_catalog.||) '…')",
                "crm.short(value) # crm.short(r.v)",
                "'it''s \\' # E'it''s \\\\'",
                "1 + 2 * -3 ^ 2 # (1 OPERATOR(pg_catalog.+) (2 OPERATOR(pg_catalog.*) ((-3) OPERATOR(pg_catalog.^) 2)))",
                "-value::int # (OPERATOR(pg_catalog.-) (r.v)::pg_catalog.int4)",
                "value::numeric(9, 2) # (r.v)::pg_catalog.numeric(9,2)",
                "CAST(value AS character varying(8)[]) # (r.v)::pg_catalog.varchar(8)[]",
                "value::char # (r.v)::pg_catalog.bpchar(1)",
                "value::crm.mood # (r.v)::crm.mood",
                "date '2000-01-01' # '2000-01-01'::pg_catalog.date",
                "value[1] # (r.v)[1]",
                "value COLLATE \"C\" # (r.v COLLATE pg_catalog.\"C\")",
                "a = 1 OR NOT b AND c # ((r.a OPERATOR(pg_catalog.=) 1) OR ((NOT r.b) AND r.c))",
                "a != 1 IS NOT TRUE # ((r.a OPERATOR(pg_catalog.<>) 1) IS NOT TRUE)",
                "a NOT LIKE 'x%' # (NOT (r.a OPERATOR(pg_catalog.~~) 'x%'))",
                "a IN (1, b) # ((r.a OPERATOR(pg_catalog.=) 1) OR (r.a OPERATOR(pg_catalog.=) r.b))",
                "a NOT BETWEEN 1 AND 2 # (NOT ((r.a OPERATOR(pg_catalog.>=) 1) AND (r.a OPERATOR(pg_catalog.<=) 2)))",
                "a OPERATOR(crm.===) b # (r.a OPERATOR(crm.===) r.b)",
                "a ->> 'k' # (r.a OPERATOR(pg_catalog.->>) 'k')",
                "coalesce(a, ARRAY[1, 2]) # COALESCE(r.a, ARRAY[1, 2])",
                "CASE WHEN a THEN b ELSE c END # (CASE WHEN r.a THEN r.b ELSE r.c END)",
                "now() - current_timestamp # (pg_catalog.now() OPERATOR(pg_catalog.-) CURRENT_TIMESTAMP)",
            })
    void writesEachNameWithItsSchema(String text, String sql) throws Exception {
        assertThat(ExpressionParser.parse(text).sql("r.v", name -> "r." + dev.bauta.catalog.SqlNames.quote(name)))
                .isEqualTo(sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "left(value, 2 # it ends too early",
                "value; DROP TABLE t # character 6 is not where an expression can go on",
                "value, 2 # character 6 is not where an expression can go on",
                "value -- all of it # r",
                "(SELECT password FROM users) # character 2 is not where an expression can go on",
                "EXISTS (SELECT) # it has EXISTS, which is more than a call of a function",
                "count(*) # character 7 is not where an expression can go on",
                "count(value) OVER () # character 14 is not where an expression can go on",
                "count(value) FILTER (WHERE true) # character 14 is not where an expression can go on",
                "string_agg(value, ',' ORDER BY 1) # character 23 is not where an expression can go on",
                "max(DISTINCT value) # character 5 is not where an expression can go on",
                "f(VARIADIC value) # character 3 is not where an expression can go on",
                "f(x => value) # character 5 is not where an expression can go on",
                "nullif(value, 'x') # it has NULLIF, which is more than a call of a function",
                "value IS DISTINCT FROM 'x' # character 10 is not where an expression can go on",
                "CASE value WHEN 1 THEN 2 END # it has CASE with an operand; write CASE WHEN operand = … THEN …",
                "substring(value FROM 2) # it has SUBSTRING, which is more than a call of a function",
                "r.value # it has a dot; name columns of the same table alone",
                "$1 # character 1 is not where an expression can go on",
                "E'\\x41' # character 1 is not where an expression can go on",
                "U&'a' # character 1 is not where an expression can go on",
                "value::regclass # it names a type 'regclass', which is none of the common ones; write its schema",
                "value = 1 = 2 # character 11 is not where an expression can go on",
                "'open # unterminated quoted string",
            })
    void saysWhatItDoesNotUnderstand(String text, String fault) throws Exception {
        if (fault.equals("r")) {
            assertThat(ExpressionParser.parse(text).template()).isEqualTo(Expression.VALUE);
            return;
        }
        assertThatThrownBy(() -> ExpressionParser.parse(text))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(fault);
    }

    @org.junit.jupiter.api.Test
    void limitsTheDepth() {
        assertThatThrownBy(() -> ExpressionParser.parse("(".repeat(100) + "1" + ")".repeat(100)))
                .hasMessage("it is nested more than 50 deep");
    }
}
