package dev.bauta.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.policy.Protection.Masked;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules make of real catalogs. */
class PolicyTest {
    private static final String CATALOG =
            """
            CREATE TABLE people (id int PRIMARY KEY, name text, mail text UNIQUE, age int, born date,
              shout text GENERATED ALWAYS AS (upper(name)) STORED,
              next int GENERATED ALWAYS AS (id + 1) STORED);
            CREATE TABLE letters (mail text REFERENCES people (mail), person int REFERENCES people (id));
            CREATE TABLE papers (mail text);
            ALTER TABLE letters INHERIT papers;
            CREATE TABLE visits (person int REFERENCES people (id));
            CREATE TABLE grandparent (id int, name text);
            CREATE TABLE parent (extra text) INHERITS (grandparent);
            CREATE TABLE child (more text) INHERITS (parent);
            CREATE TABLE sibling (name text) INHERITS (grandparent);
            CREATE TABLE parted (id int, secret text) PARTITION BY LIST (id);
            CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1) PARTITION BY LIST (secret);
            CREATE TABLE parted_1_a PARTITION OF parted_1 FOR VALUES IN ('a');
            CREATE TABLE parted_2 (secret text, id int);
            ALTER TABLE parted ATTACH PARTITION parted_2 FOR VALUES IN (2);
            CREATE TABLE plain (name text, shout text);
            CREATE TABLE computing (name text, shout text GENERATED ALWAYS AS (upper(name)) STORED);
            DO $$ BEGIN -- PostgreSQL 16 and later refuse it
              IF current_setting('server_version_num')::int < 160000 THEN
                ALTER TABLE computing INHERIT plain;
              END IF;
            END $$;
            CREATE FUNCTION loud(text) RETURNS text LANGUAGE sql AS 'SELECT upper($1)';
            CREATE FUNCTION hush(text) RETURNS text LANGUAGE sql AS 'SELECT lower($1)';
            CREATE VIEW copied AS SELECT id, name AS who, upper(name) AS upper, age + 1 AS older, born FROM people;
            CREATE VIEW of_view AS SELECT who, upper, born, who || 'x' AS both FROM copied;
            CREATE VIEW clear AS SELECT id, born FROM people;
            CREATE VIEW counted AS SELECT count(*) AS n FROM people;
            CREATE VIEW filtered AS SELECT id FROM people WHERE name = 'x';
            CREATE VIEW united AS SELECT name FROM people UNION ALL SELECT 'x';
            CREATE VIEW named AS SELECT name AS a, upper(name) AS b FROM people UNION ALL SELECT 'x', 'y';
            CREATE VIEW released AS SELECT name, upper(name) AS upper FROM people;
            CREATE VIEW calling AS SELECT loud(name) AS l FROM people;
            CREATE VIEW calling_clear AS SELECT id, loud('x') AS l FROM people;
            CREATE VIEW calling_allowed AS SELECT id, hush(name) AS h FROM people;
            CREATE VIEW of_calling AS SELECT l FROM calling;
            CREATE MATERIALIZED VIEW kept AS SELECT id, mail FROM people;
            CREATE TABLE misfit (id int, at date);
            CREATE TABLE misfit_child () INHERITS (misfit);
            CREATE VIEW of_misfit AS SELECT id FROM misfit;
            CREATE TABLE ordered (a text, b text);
            CREATE SCHEMA "Other Schema";
            CREATE TABLE "Other Schema"."People" ("Name" text, name text);
            CREATE TABLE "Other Schema".people (name text);
            CREATE TABLE pg_stat_statements (query text);
            CREATE TABLE visits_of (patient int, at date, note text);
            CREATE TABLE visits_2 () INHERITS (visits_of);
            CREATE VIEW visits_both AS SELECT at AS day, patient AS who FROM visits_of;
            CREATE VIEW visits_again AS SELECT who AS w, day FROM visits_both;
            CREATE VIEW visits_alone AS SELECT at FROM visits_of;
            CREATE VIEW visits_misnamed AS SELECT at, 1 AS patient FROM visits_of;
            CREATE VIEW visits_joined AS SELECT a.at, b.patient FROM visits_of a, visits_of b;
            CREATE TABLE holidays (at date);
            CREATE TABLE nested (tags text[], profile jsonb);
            CREATE DOMAIN somebody AS people;
            CREATE TABLE history (id int, old people, many people[], one somebody, of_view copied, clear visits);
            CREATE TABLE history_of (of history, _of history[], clear clear);
            CREATE TYPE wrapped AS (at date, who people);
            CREATE TYPE wrapped_again AS (inner_one wrapped[]);
            CREATE TABLE _people (clear int);
            CREATE TABLE ppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp (clear int) INHERITS (people);
            CREATE TABLE history_inside (one wrapped, again wrapped_again, several somebody[], many people[], clear _people[],
              long_name ppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp[]);
            CREATE VIEW places AS SELECT id, tableoid::regclass AS place FROM parted;
            CREATE VIEW of_places AS SELECT place FROM places;
            CREATE VIEW spots AS SELECT id FROM parted WHERE ctid = '(0,1)';
            CREATE TABLE addressed (id int, mail text, place oid GENERATED ALWAYS AS (tableoid) STORED) PARTITION BY LIST (mail);
            CREATE VIEW addresses AS SELECT id, place FROM addressed;
            CREATE TABLE unaddressed (mail text, place oid GENERATED ALWAYS AS (tableoid) STORED);
            CREATE TABLE codes (code text PRIMARY KEY);
            CREATE TABLE coded (code text REFERENCES codes);
            CREATE VIEW locked AS SELECT code, xmax AS number FROM codes;
            CREATE VIEW unlocked AS SELECT code, xmin AS number, ctid, tableoid FROM codes;
            CREATE TYPE span AS RANGE (SUBTYPE = people);
            CREATE DOMAIN spans AS span[];
            CREATE TABLE history_between (one span, many spans, clear int4range);
            CREATE TABLE history_shown (old people, many people[]);
            CREATE VIEW history_view AS SELECT id, old, old IS NULL AS none FROM history;
            """;

    private static final String RULES =
            """
            version: 1
            key: ${env:KEY}
            columns:
              - match: public.ordered.a
                mask: none
              - match: public.ordered.*
                mask: redact
              - match: public.people.name
                mask: {type: constant, value: x}
              - match: [public.people.mail, public.*addressed.mail]
                mask: email
              - match: public.people.age
                mask: {type: truncate, step: 10}
              - match: [public.parent.name, public.parent.extra]
                mask: redact
              - match: [public.parted_1.secret]
                mask: "null"
              - match: [public.plain.name, public.coded.code]
                mask: redact
              - match: [public.named.a, public.named.b]
                mask: redact
              - match: public.released.upper
                mask: none
              - match: public.misfit.at
                mask: {type: partial, first: 1}
              - match: '"Other Schema"."People"."Name"'
                mask: "null"
              - match: [public.visits_of.at, public.holidays.at]
                mask: {type: shift, by: patient}
              - match: public.history_shown.old
                mask: none
              - match: public.nested.tags
                mask: {type: each, mask: email}
              - match: public.nested.profile
                mask: {type: json, paths: {mail: email}}
            functions:
              allow: [public.hush]
            """;

    private static CatalogSnapshot catalog;
    private static Policy policy;

    /** A relation and how it is protected. */
    record Case(String relation, String protection) {
        @Override
        public String toString() {
            return relation;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case("people", "name=constant, mail=email, age=truncate, shout=null"),
                new Case("letters", "clear"),
                new Case("grandparent", "name=redact"),
                new Case("parent", "name=redact, extra=redact"),
                new Case("child", "name=redact, extra=redact"),
                new Case("sibling", "name=redact"),
                new Case("parted", "secret=null"),
                new Case("parted_1", "secret=null"),
                new Case("parted_1_a", "refused: it is a partition whose rows are chosen by a protected column"),
                new Case("parted_2", "secret=null"),
                new Case("computing", "name=redact, shout=null"),
                new Case("plain", "name=redact, shout=null"),
                new Case("copied", "who=constant, upper=null, older=null"),
                new Case("of_view", "who=constant, upper=null, both=null"),
                new Case("clear", "clear"),
                new Case("counted", "clear"),
                new Case("filtered", "clear"),
                new Case("united", "refused: the view reads protected columns and its column name cannot be traced"),
                new Case("named", "a=redact, b=redact"),
                new Case("released", "name=constant"),
                new Case("calling", "refused: the view calls function public.loud, which is not known to be safe"),
                new Case(
                        "calling_clear", "refused: the view calls function public.loud, which is not known to be safe"),
                new Case("calling_allowed", "h=null"),
                new Case("of_calling", "refused: the view reads a relation that is refused"),
                new Case("kept", "mail=email"),
                new Case(
                        "misfit",
                        "refused: the mask 'partial' of rules.yaml:24:5 does not fit its column at of type pg_catalog.date"),
                new Case(
                        "misfit_child",
                        "refused: the mask 'partial' of rules.yaml:24:5 does not fit its column at of type pg_catalog.date"),
                new Case("of_misfit", "refused: the view reads a relation that is refused"),
                new Case("ordered", "b=redact"),
                new Case("Other Schema.People", "Name=null"),
                new Case("Other Schema.people", "clear"),
                new Case("visits_of", "at=shift"),
                new Case("visits_2", "at=shift"),
                new Case("visits_both", "day=shift"),
                new Case("visits_again", "day=shift"),
                new Case("visits_alone", "at=null"),
                new Case("visits_misnamed", "at=null, patient=null"),
                new Case("visits_joined", "at=null"),
                new Case(
                        "holidays",
                        "refused: the mask 'shift' of rules.yaml:28:5 for its column at cannot be used:"
                                + " the relation has no column patient"),
                new Case("nested", "tags=each, profile=json"),
                new Case("history", "old=null, many=null, one=null, of_view=null"),
                new Case("history_of", "of=null, _of=null"),
                new Case("history_inside", "one=null, again=null, several=null, many=null, long_name=null"),
                new Case("addressed", "mail=email, place=null"),
                new Case("addresses", "place=null"),
                new Case("unaddressed", "mail=email"),
                new Case("places", "refused: the view reads a system column that tells of protected values"),
                new Case("of_places", "refused: the view reads a relation that is refused"),
                new Case("spots", "refused: the view reads a system column that tells of protected values"),
                new Case("locked", "refused: the view reads a system column that tells of protected values"),
                new Case("unlocked", "clear"),
                new Case("history_between", "one=null, many=null"),
                new Case("history_shown", "many=null"),
                new Case("history_view", "old=null, none=null"),
                new Case("pg_stat_statements", "refused: it holds the statements of other sessions"),
                new Case("pg_catalog.pg_class", "relpartbound=definition"),
                new Case("pg_catalog.pg_namespace", "clear"),
                new Case("pg_catalog.pg_stat_activity", "query=null"),
                new Case("pg_catalog.pg_cursors", "statement=null"),
                new Case("pg_catalog.pg_prepared_statements", "statement=null"),
                new Case(
                        "pg_catalog.pg_subscription",
                        catalog.serverVersion() < 150000 ? "subconninfo=null" : "subskiplsn=null, subconninfo=null"),
                new Case("pg_catalog.pg_stat_database", "temp_files=null, temp_bytes=null"),
                new Case(
                        "pg_catalog.pg_statistic",
                        "refused: it holds samples of data, statements of other sessions, secrets, or how much was written"),
                new Case(
                        "information_schema.user_mapping_options",
                        "refused: it holds samples of data, statements of other sessions, secrets, or how much was written"));
    }

    @BeforeAll
    static void compile() throws Exception {
        try (Connection connection = TestDatabase.create(CATALOG).connect()) {
            catalog = CatalogLoader.load(connection);
        }
        policy = Policy.compile(
                RuleFile.parse(RULES, "rules.yaml", Map.of("KEY", "0123456789abcdef"), Path.of(".")),
                DataRules.NONE,
                catalog);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void protects(Case c) {
        assumeTrue(catalog.serverVersion() < 160000
                || !List.of("computing", "plain").contains(c.relation()));
        assertThat(describe(relation(c.relation()))).isEqualTo(c.protection());
    }

    private static Relation relation(String name) {
        int dot = name.indexOf('.');
        QualifiedName qualified =
                new QualifiedName(dot < 0 ? "public" : name.substring(0, dot), name.substring(dot + 1));
        return Objects.requireNonNull(policy.findRelation(qualified), name);
    }

    private static String describe(Relation relation) {
        Protection protection = policy.protection(relation);
        if (protection instanceof Masked masked) {
            return relation.columns().stream()
                    .filter(column -> masked.columns().containsKey(column.number()))
                    .map(column -> describe(
                            column, Objects.requireNonNull(masked.columns().get(column.number()))))
                    .collect(Collectors.joining(", "));
        }
        return protection instanceof Protection.Refused refused ? "refused: " + refused.reason() : "clear";
    }

    /** A mask stands under the number of the column that it is for, whatever the column's number in a parent. */
    private static String describe(Column column, MaskedColumn masked) {
        assertThat(masked.column()).isEqualTo(column);
        return column.name() + "=" + masked.mask().name();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "people",
                "copied",
                "united",
                "parted_1_a",
                "People",
                "misfit_child",
                "pg_stats",
                "letters",
                "clear"
            })
    void holdsNamesThatMatter(String name) {
        assertThat(policy.names().isRelation(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"counted", "visits", "pg_namespace", "Copied", "nothing"})
    void doesNotHoldOtherNames(String name) {
        assertThat(policy.names().isRelation(name)).isFalse();
    }

    @org.junit.jupiter.api.Test
    void findsForeignKeysThatWouldTellOfProtectedValues() {
        List<String> probing = Arrays.stream(new String[] {"people", "papers", "letters", "visits", "ordered"})
                .filter(name -> policy.writeProbes(relation(name)).contains(WriteProbe.REFERRING))
                .toList();
        assertThat(probing).containsExactly("papers", "letters");
    }
}
