package dev.bauta.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.testing.TestDatabase;
import java.sql.Connection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UnsafeNamesTest {
    @Test
    void functionsOfTheDatabaseAreUnsafeWhateverTheyDeclare() throws Exception {
        assertThat(
                        own(
                                """
                                CREATE TABLE c (id int);
                                CREATE DOMAIN row_domain AS c;
                                CREATE FUNCTION pure(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
                                CREATE FUNCTION lower(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
                                CREATE FUNCTION of_row(c) RETURNS text LANGUAGE sql AS 'SELECT ''''';
                                CREATE FUNCTION of_domain(row_domain) RETURNS text LANGUAGE sql AS 'SELECT ''''';
                                CREATE FUNCTION of_record(record) RETURNS text LANGUAGE plpgsql AS 'BEGIN END';
                                CREATE FUNCTION of_any(anyelement) RETURNS text LANGUAGE plpgsql AS 'BEGIN END';
                                CREATE FUNCTION of_optional(c, int DEFAULT 1) RETURNS text LANGUAGE sql AS 'SELECT ''''';
                                CREATE FUNCTION of_variadic(VARIADIC c[]) RETURNS text LANGUAGE sql AS 'SELECT ''''';
                                CREATE FUNCTION of_more(c, VARIADIC int[]) RETURNS text LANGUAGE sql AS 'SELECT ''''';
                                CREATE FUNCTION of_two(c, int) RETURNS text LANGUAGE sql AS 'SELECT ''''';
                                CREATE FUNCTION overloaded(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
                                CREATE FUNCTION overloaded(c) RETURNS int LANGUAGE sql AS 'SELECT 1';
                                CREATE PROCEDURE proc() LANGUAGE sql AS 'SELECT 1';
                                CREATE AGGREGATE agg(int) (SFUNC = int4pl, STYPE = int);
                                CREATE FUNCTION win() RETURNS int WINDOW LANGUAGE internal AS 'window_row_number';
                                CREATE FUNCTION pg_catalog.now(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
                                CREATE FUNCTION information_schema.f() RETURNS int LANGUAGE sql AS 'SELECT 1'
                                """))
                .isEqualTo(
                        """
                        FUNCTION information_schema.f: is a function of this database that was not reviewed
                        FUNCTION pg_catalog.now (value): is a function of this database that was not reviewed
                        FUNCTION public.agg (value): is a function of this database that was not reviewed
                        FUNCTION public.lower (value): is a function of this database that was not reviewed
                        FUNCTION public.of_any (row): is a function of this database that was not reviewed
                        FUNCTION public.of_domain (row): is a function of this database that was not reviewed
                        FUNCTION public.of_more (row): is a function of this database that was not reviewed
                        FUNCTION public.of_optional (row): is a function of this database that was not reviewed
                        FUNCTION public.of_record (row): is a function of this database that was not reviewed
                        FUNCTION public.of_row (row): is a function of this database that was not reviewed
                        FUNCTION public.of_two: is a function of this database that was not reviewed
                        FUNCTION public.of_variadic (row): is a function of this database that was not reviewed
                        FUNCTION public.overloaded (row): is a function of this database that was not reviewed
                        FUNCTION public.proc: is a function of this database that was not reviewed
                        FUNCTION public.pure (value): is a function of this database that was not reviewed
                        FUNCTION public.win: is a function of this database that was not reviewed
                        """);
    }

    @Test
    void operatorsAndTypesThatCallThemAreUnsafe() throws Exception {
        assertThat(
                        own(
                                """
                                CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 1';
                                CREATE FUNCTION op(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
                                CREATE OPERATOR <<< (LEFTARG = text, RIGHTARG = text, FUNCTION = op);
                                CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.texteq);
                                CREATE DOMAIN plain AS text CHECK (VALUE <> '');
                                CREATE DOMAIN checked AS text CHECK (f(VALUE) > 0);
                                CREATE DOMAIN with_operator AS text CHECK (VALUE <<< 'x');
                                CREATE DOMAIN builtin AS text CHECK (pg_read_file(VALUE) <> '');
                                CREATE DOMAIN defaulted AS int DEFAULT f('x');
                                CREATE DOMAIN inner_one AS checked;
                                CREATE DOMAIN casting AS text CHECK (VALUE::inner_one IS NOT NULL);
                                CREATE DOMAIN by_default AS text DEFAULT ('x'::text)::checked::text;
                                CREATE TYPE holder AS (a int, b inner_one);
                                CREATE TABLE kept (a int, b inner_one);
                                CREATE TYPE mood AS ENUM ('good');
                                CREATE TYPE safe AS ENUM ('safe');
                                CREATE FUNCTION to_mood(int) RETURNS mood LANGUAGE sql AS 'SELECT NULL::mood';
                                CREATE FUNCTION of_mood(mood) RETURNS inet LANGUAGE sql AS 'SELECT NULL::inet';
                                CREATE CAST (int AS mood) WITH FUNCTION to_mood(int);
                                CREATE CAST (mood AS inet) WITH FUNCTION of_mood(mood);
                                CREATE CAST (safe AS inet) WITH INOUT;
                                CREATE TYPE span AS RANGE (SUBTYPE = safe);
                                """))
                .isEqualTo(
                        """
                        FUNCTION public.f (value): is a function of this database that was not reviewed
                        FUNCTION public.of_mood (value): is a function of this database that was not reviewed
                        FUNCTION public.op: is a function of this database that was not reviewed
                        FUNCTION public.to_mood (value): is a function of this database that was not reviewed
                        OPERATOR public.<<<: calls public.op
                        TYPE pg_catalog._inet: calls public.of_mood
                        TYPE pg_catalog.inet: calls public.of_mood
                        TYPE public._builtin: calls pg_catalog.pg_read_file
                        TYPE public._by_default: calls public.f
                        TYPE public._casting: calls public.f
                        TYPE public._checked: calls public.f
                        TYPE public._defaulted: calls public.f
                        TYPE public._holder: calls public.f
                        TYPE public._inner_one: calls public.f
                        TYPE public._kept: calls public.f
                        TYPE public._mood: calls public.of_mood, public.to_mood
                        TYPE public._with_operator: calls public.op
                        TYPE public.builtin: calls pg_catalog.pg_read_file
                        TYPE public.by_default: calls public.f
                        TYPE public.casting: calls public.f
                        TYPE public.checked: calls public.f
                        TYPE public.defaulted: calls public.f
                        TYPE public.holder: calls public.f
                        TYPE public.inner_one: calls public.f
                        TYPE public.kept: calls public.f
                        TYPE public.mood: calls public.of_mood, public.to_mood
                        TYPE public.with_operator: calls public.op
                        """);
    }

    @Test
    void extensionsAreHarmlessByReviewAlone() throws Exception {
        assertThat(
                        own(
                                """
                                CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION pgcrypto;
                                CREATE EXTENSION "uuid-ossp"; CREATE EXTENSION pg_trgm; CREATE EXTENSION ltree;
                                CREATE EXTENSION unaccent; CREATE EXTENSION btree_gist; CREATE EXTENSION cube;
                                CREATE EXTENSION earthdistance; CREATE EXTENSION intarray; CREATE EXTENSION seg;
                                CREATE EXTENSION isn; CREATE EXTENSION fuzzystrmatch; CREATE EXTENSION btree_gin;
                                CREATE EXTENSION tsm_system_rows; CREATE EXTENSION lo; CREATE EXTENSION tablefunc
                                """))
                .isEqualTo(
                        """
                        FUNCTION public.connectby: is a function of the extension tablefunc, which is not known to be harmless [tablefunc]
                        FUNCTION public.crosstab (value): is a function of the extension tablefunc, which is not known to be harmless [tablefunc]
                        FUNCTION public.crosstab2 (value): is a function of the extension tablefunc, which is not known to be harmless [tablefunc]
                        FUNCTION public.crosstab3 (value): is a function of the extension tablefunc, which is not known to be harmless [tablefunc]
                        FUNCTION public.crosstab4 (value): is a function of the extension tablefunc, which is not known to be harmless [tablefunc]
                        FUNCTION public.lo_manage: is a function of the extension lo, which is not known to be harmless [lo]
                        FUNCTION public.lo_oid (value): is a function of the extension lo, which is not known to be harmless [lo]
                        FUNCTION public.normal_rand: is a function of the extension tablefunc, which is not known to be harmless [tablefunc]
                        """);
    }

    /** An unreviewed extension's own operators and types stay usable where immutable C functions stand behind them. */
    @Test
    void operatorsOfUnreviewedExtensionsStayUsable() throws Exception {
        assertThat(
                        own(
                                """
                                CREATE EXTENSION citext;
                                ALTER EXTENSION citext DROP FUNCTION citext_eq(citext, citext);
                                ALTER EXTENSION citext DROP FUNCTION citext_ne(citext, citext);
                                CREATE EXTENSION lo;
                                ALTER EXTENSION lo ADD FUNCTION citext_ne(citext, citext)
                                """))
                .isEqualTo(
                        """
                        FUNCTION public.citext_eq: is a function of this database that was not reviewed
                        FUNCTION public.citext_ne: is a function of the extension lo, which is not known to be harmless [lo]
                        FUNCTION public.lo_manage: is a function of the extension lo, which is not known to be harmless [lo]
                        FUNCTION public.lo_oid (value): is a function of the extension lo, which is not known to be harmless [lo]
                        OPERATOR public.<>: calls public.citext_eq
                        OPERATOR public.=: calls public.citext_eq
                        TYPE public._citext: calls public.citext_eq
                        TYPE public.citext: calls public.citext_eq
                        OPERATOR_CLASS public.citext_ops: calls public.citext_eq
                        OPERATOR_CLASS public.citext_pattern_ops: calls public.citext_eq
                        """);
    }

    @Test
    void ownFunctionsCanBeVouchedForWhateverCallsThem() throws Exception {
        String script =
                """
                CREATE TYPE mood AS ENUM ('good');
                CREATE FUNCTION of_mood(mood) RETURNS inet LANGUAGE sql AS 'SELECT NULL::inet';
                CREATE CAST (mood AS inet) WITH FUNCTION of_mood(mood);
                CREATE DOMAIN builtin AS text CHECK (pg_read_file(VALUE) <> '');
                """;
        try (Connection connection = TestDatabase.create(script).connect()) {
            assertThat(CatalogLoader.load(connection).unsafeNames().stream()
                            .filter(UnsafeName::isOfOwnFunctions)
                            .map(name -> name.name().toString()))
                    .contains("public.of_mood", "public.mood", "pg_catalog.inet")
                    .doesNotContain("public.builtin", "pg_catalog.pg_read_file");
        }
    }

    private static String own(String script) throws Exception {
        try (Connection connection = TestDatabase.create(script).connect()) {
            TreeSet<String> builtins =
                    new TreeSet<>(ReviewedNames.read().unsafeBuiltins().keySet());
            return CatalogLoader.load(connection).unsafeNames().stream()
                    .filter(name -> !(name.name().schema().equals("pg_catalog")
                            && builtins.contains(name.name().name())))
                    .map(UnsafeNamesTest::line)
                    .collect(Collectors.joining());
        }
    }

    private static String line(UnsafeName name) {
        String attribute =
                switch (name.attribute()) {
                    case NEVER -> "";
                    case OF_VALUE -> " (value)";
                    case OF_ROW -> " (row)";
                };
        return name.kind() + " " + name.name() + attribute + ": " + name.because()
                + (name.extension() == null ? "" : " [" + name.extension() + "]") + "\n";
    }
}
