package dev.bauta.proxy.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.draft.DraftRule;
import dev.bauta.proxy.review.Finding.Kind;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a review finds, kind by kind. */
class ReviewTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static TestDatabase database;

    @BeforeAll
    static void create() {
        database = TestDatabase.create(
                """
                CREATE TABLE customers (id int PRIMARY KEY, email text UNIQUE, born date, notes text);
                COMMENT ON COLUMN customers.notes IS 'free text';
                CREATE TABLE orders (id int PRIMARY KEY, customer_id int CONSTRAINT orders_customer REFERENCES customers, total numeric,
                    contact text CONSTRAINT orders_contact REFERENCES customers (email));
                COMMENT ON COLUMN orders.total IS 'bauta: {tag: secret.total}';
                CREATE TABLE events (id int, phone text, at date) PARTITION BY RANGE (at);
                CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
                CREATE VIEW directory AS SELECT id, email AS contact, upper(email) AS shouted, born FROM customers;
                CREATE MATERIALIZED VIEW kept AS SELECT email AS address, length(email) AS size FROM customers;
                CREATE INDEX customers_id_born ON customers (id, born) INCLUDE (email);
                CREATE INDEX customers_born ON customers (born);
                CREATE INDEX customers_hash ON customers USING hash (email);
                CREATE FUNCTION peek(int) RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT email FROM customers WHERE id = $1';
                CREATE FUNCTION modern(int) RETURNS text LANGUAGE sql RETURN (SELECT email FROM customers WHERE id = $1);
                CREATE FUNCTION dynamic(int) RETURNS text LANGUAGE plpgsql AS
                    $$ DECLARE found text; BEGIN EXECUTE 'SELECT email FROM customers WHERE id = ' || $1 INTO found; RETURN found; END $$;
                CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
                CREATE TRIGGER keep BEFORE INSERT ON customers FOR EACH ROW EXECUTE FUNCTION keep();
                CREATE FUNCTION harmless(int) RETURNS int LANGUAGE sql AS 'SELECT $1 /* customers */';
                CREATE FUNCTION over_view() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM public.directory';
                CREATE TABLE grades (pin varchar(4), code char(5), class smallint, marks smallint[], student int, sat timestamptz, left_at timestamptz, back_at timestamp);
                CREATE TABLE guests (id int PRIMARY KEY, vegan boolean, at date);
                CREATE TABLE speakers (topic text) INHERITS (guests);
                CREATE VIEW seated AS SELECT id, vegan, at FROM guests;
                CREATE TYPE mood AS ENUM ('good');
                CREATE FUNCTION of_mood(mood) RETURNS inet LANGUAGE sql AS 'SELECT NULL::inet';
                CREATE CAST (mood AS inet) WITH FUNCTION of_mood(mood);
                CREATE VIEW through AS SELECT harmless(id) AS id, email FROM customers;
                """);
    }

    @AfterAll
    static void drop() {
        database.drop();
    }

    @Test
    void namesAndPatternsThatNothingHas() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.UNKNOWN_NAME, Kind.UNMATCHED_PATTERN),
                                """
                        version: 1
                        roles:
                          - name: dba
                            users: [postgres, postgras, "batch_*"]
                            member-of: no_such_group
                            databases: [postgres, no_such_database]
                            access: raw
                          - name: support
                            users: postgres
                            databases: postgres
                            access: masked
                            columns:
                              - {match: public.orders.totel, mask: none}
                        columns:
                          - {match: public.customers.emial, mask: email}
                          - {match: public.custmers.email, mask: email}
                          - {match: publc.customers.email, mask: email}
                          - {match: ["*.*.iban", public.customers.email], tag: pii}
                          - {match: "public.*.*", types: hstore, mask: redact}
                          - {match: "public.orders.*", comments: "*PII*", mask: redact}
                        masks:
                          - {tag: pii, mask: redact}
                          - {tag: "secret.*", mask: redact}
                        tables:
                          - {match: public.order, access: refused}
                          - {match: "hr.*", access: refused}
                        functions:
                          allow: [public.peek, public.peak, "stats.*"]
                        """))
                .containsExactly(
                        "error unknown-name rules.yaml:15:5: public.customers has no column 'emial'; did you mean 'email'? → correct the name, or take it out",
                        "error unknown-name rules.yaml:16:5: schema 'public' has no table or view 'custmers'; did you mean 'customers'? → correct the name, or take it out",
                        "error unknown-name rules.yaml:17:5: there is no schema 'publc' with tables; did you mean 'public'? → correct the name, or take it out",
                        "error unknown-name rules.yaml:25:5: schema 'public' has no table or view 'order'; did you mean 'orders'? → correct the name, or take it out",
                        "error unknown-name rules.yaml:13:9: public.orders has no column 'totel'; did you mean 'total'? → correct the name, or take it out",
                        "error unknown-name rules.yaml:28:24: no function is called 'public.peak'; did you mean 'public.peek'? → correct the name, or take it out",
                        "warning unmatched-pattern rules.yaml:18:5: no column matches '*.*.iban' → correct the pattern, or take it out",
                        "warning unmatched-pattern rules.yaml:26:5: no table or view matches 'hr.*' → correct the pattern, or take it out",
                        "warning unmatched-pattern rules.yaml:23:5: no rule of 'columns' gives a tag that 'secret.*' matches → correct the pattern, or take it out",
                        "warning unknown-name rules.yaml:3:5: role dba: no database user is called 'postgras'; did you mean 'postgres'? → correct the name, or take it out",
                        "warning unmatched-pattern rules.yaml:3:5: role dba: no database user is called 'batch_*' → correct the pattern, or take it out",
                        "warning unknown-name rules.yaml:3:5: role dba: no PostgreSQL role is called 'no_such_group' → correct the name, or take it out",
                        "warning unknown-name rules.yaml:3:5: role dba: no database is called 'no_such_database' → correct the name, or take it out",
                        "warning unmatched-pattern rules.yaml:28:37: no function is called 'stats.*' → correct the pattern, or take it out",
                        "warning unmatched-pattern rules.yaml:19:5: no column that the rule names has such a type or comment → correct 'types' or 'comments', or take the rule out",
                        "warning unmatched-pattern rules.yaml:20:5: no column that the rule names has such a type or comment → correct 'types' or 'comments', or take the rule out");
    }

    @Test
    void rolesThatShowRawValuesToEverybody() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.RAW_ROLE),
                                """
                        version: 1
                        roles:
                          - {name: dba, users: [postgres, "admin_*"], access: raw}
                          - {name: members, users: "*", member-of: on_call, access: raw}
                          - {name: nobody, users: "*", databases: other, access: masked}
                          - {name: tests, databases: postgres, access: raw}
                          - {name: office, networks: 10.0.0.0/8, access: raw}
                          - {name: encrypted, users: ["*"], networks: [local, 0.0.0.0/0], tls: required, access: raw}
                        columns: []
                        """))
                .containsExactly(
                        "warning raw-role rules.yaml:6:5: role tests: every database user sees raw values → name those who may, by 'users' or 'member-of'",
                        "warning raw-role rules.yaml:8:5: role encrypted: every database user sees raw values → name those who may, by 'users' or 'member-of'",
                        "note raw-role rules.yaml:7:5: role office: every database user who connects from its networks sees raw values → name those who may, by 'users' or 'member-of'");
    }

    @Test
    void tagsThatCommentsGive() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.UNMATCHED_PATTERN),
                                """
                        version: 1
                        from-comments: true
                        columns: []
                        masks:
                          - {tag: "secret.*", mask: redact}
                          - {tag: "pii.*", mask: redact}
                        """))
                .containsExactly(
                        "warning unmatched-pattern rules.yaml:6:5: no rule of 'columns' gives a tag that 'pii.*' matches → correct the pattern, or take it out");
    }

    @Test
    void rulesThatDecideNothing() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.OVERRULED),
                                """
                        version: 1
                        columns:
                          - {match: "public.customers.e*", mask: email}
                          - {match: "public.kept.*", mask: redact}
                          - {match: "public.orders.c*", until: 2026-06-01, mask: redact}
                          - {match: ["*.customers.email", "*.kept.address"], mask: redact}
                          - {match: ["*.*.contact"], mask: redact}
                        """))
                .containsExactly(
                        "warning overruled rules.yaml:6:5: the rule decides nothing: earlier rules, such as line 3, match every column that it does → put it before them, or take it out");
    }

    @Test
    void entriesThatHaveEnded() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.ENDED),
                                """
                        version: 1
                        roles:
                          - name: project
                            users: [postgres]
                            access: masked
                            until: 2020-01-01
                            columns:
                              - {match: public.orders.contact, mask: none, until: "2019-06-01T12:00:00Z"}
                        columns:
                          - {match: public.customers.email, mask: email, until: 2100-01-01}
                          - {match: public.customers.email, mask: redact}
                        """))
                .containsExactly(
                        "note ended rules.yaml:3:5: the entry has ended at 2020-01-02T00:00:00Z, and is as if it were not there → take it out, or give it another end",
                        "note ended rules.yaml:8:9: the entry has ended at 2019-06-01T12:00:00Z, and is as if it were not there → take it out, or give it another end");
    }

    @Test
    void masksThatDoNotFit() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.UNFIT_MASK, Kind.REFUSED),
                                """
                        version: 1
                        key: ${env:KEY}
                        roles:
                          - name: support
                            users: support
                            access: masked
                            columns:
                              - {match: public.orders.total, mask: {type: partial, first: 1}}
                        columns:
                          - {match: public.customers.born, mask: email}
                          - {match: public.events.phone, mask: {type: shift, by: person, days: 30}}
                          - {match: public.orders.id, mask: none}
                        tables:
                          - {match: public.orders, rows: "region = 'EU'"}
                        """))
                .containsExactly(
                        "error unfit-mask rules.yaml:10:5: the mask 'email' does not fit public.customers.born of type date, so that every statement that names the table is refused → give the column one that fits: null, redact",
                        "error unfit-mask rules.yaml:11:5: the mask 'shift' cannot be used for public.events.phone: the relation has no column person, so that every statement that names the table is refused → give the column a mask that reads no other column, or only columns that the table has",
                        "error unfit-mask rules.yaml:8:9: the mask 'partial' does not fit public.orders.total of type numeric, so that every statement that names the table is refused (for role support) → give the column one that fits: null, redact, hash, pseudonym",
                        "error refused public.orders: every statement that names it is refused: the row filter of rules.yaml:14:5 reads a column region, which it does not have (for role default) → write a filter over columns of the table, as docs/rules.md describes",
                        "note refused public.directory: every statement that names it is refused: the view reads a relation that is refused → name the relation's columns in a rule",
                        "note refused public.kept: every statement that names it is refused: the view reads a relation that is refused → name the relation's columns in a rule",
                        "note refused public.through: every statement that names it is refused: the view calls function public.harmless, which is not known to be safe → allow the function in the rule file, under functions: allow:");
    }

    @Test
    void masksInSqlThatTheServerDoesNotTake() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.UNFIT_MASK, Kind.REFUSED),
                                """
                        version: 1
                        columns:
                          - {match: public.orders.contact, mask: {type: sql, expression: "left(contact, 1)"}}
                          - {match: public.events.at, mask: {type: sql, expression: "upper(at)"}}
                        functions:
                          allow: [public.harmless]
                        """))
                .containsExactly(
                        "error refused public.events: every statement that names it is refused: the mask 'sql' of rules.yaml:4:5 for its column at cannot be used: PostgreSQL says: function pg_catalog.upper(date) does not exist → change the mask's expression");
    }

    @Test
    void viewsThroughWhichColumnsEscape() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.VIEW, Kind.REFUSED),
                                """
                        version: 1
                        columns:
                          - {match: "public.d*.contact", mask: none}
                          - {match: "public.d*.shouted", mask: none}
                          - {match: public.kept.address, mask: none}
                          - {match: public.kept.size, mask: none}
                          - {match: public.customers.email, mask: email}
                          - {match: public.customers.born, mask: "null"}
                        """))
                .containsExactly(
                        "error view rules.yaml:3:5: public.directory.contact shows raw values of the protected public.customers.email, as a pattern of this rule matches the view's column too → give the view's column a mask in a rule before this one, or take it out of this one",
                        "warning refused public.through: every statement that names it is refused: the view calls function public.harmless, which is not known to be safe → allow the function in the rule file, under functions: allow:",
                        "warning view rules.yaml:4:5: public.directory.shouted is shown as it is and may be computed from the protected public.customers.born, public.customers.email, as a pattern of this rule matches the view's column too → look at the view's definition: if raw values can be told from the column, give it a mask",
                        "warning view rules.yaml:5:5: public.kept.address shows raw values of the protected public.customers.email → give the view's column a mask in a rule before this one, or take it out of this one",
                        "note view rules.yaml:6:5: public.kept.size is shown as it is and may be computed from the protected public.customers.email → look at the view's definition: if raw values can be told from the column, give it a mask");
    }

    @Test
    void viewsThatAreProtectedAloneOfWhatTheyCopy() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.VIEW),
                                """
                        version: 1
                        columns:
                          - {match: ["public.kept.address", "public.directory.born", "public.directory.id"], mask: "null"}
                          - {match: public.customers.id, mask: none}
                        """))
                .containsExactly(
                        "warning view public.customers.born: it is clear, and public.directory.born, which copies it, is protected by rules.yaml:3:5 → protect it alike, or give it mask: none where it may be shown",
                        "warning view public.customers.email: it is clear, and public.kept.address, which copies it, is protected by rules.yaml:3:5 → protect it alike, or give it mask: none where it may be shown");
    }

    @Test
    void columnsOfViewsThatComeOutAsNull() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.VIEW),
                                """
                        version: 1
                        columns:
                          - {match: public.customers.email, mask: email}
                          - {match: public.customers.born, mask: "null"}
                        """))
                .containsExactly(
                        "note view public.directory.shouted: it comes out as NULL, since the view reads the protected public.customers.born, public.customers.email and the column is no plain copy → to show something, give public.directory.shouted a rule of its own",
                        "note view public.kept.size: it comes out as NULL, since the view reads the protected public.customers.email and the column is no plain copy → to show something, give public.kept.size a rule of its own");
    }

    @Test
    void masksThatHideLittle() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.WEAK_MASK, Kind.WRITES, Kind.VIEW),
                                """
                        version: 1
                        key: ${env:KEY}
                        columns:
                          - {match: public.customers.email, mask: {type: partial, first: 2}}
                          - {match: public.directory.contact, mask: {type: partial, last: 2}}
                          - {match: public.kept.address, mask: redact}
                          - {match: ["public.kept.size", "public.directory.shouted"], mask: redact}
                          - {match: public.grades.pin, mask: {type: partial, last: 3}}
                          - {match: public.grades.code, mask: {type: partial, last: 2}}
                          - {match: public.grades.class, mask: {type: hash}}
                          - {match: public.grades.marks, mask: {type: each, mask: {type: pseudonym}}}
                          - {match: public.grades.student, mask: {type: hash}}
                          - {match: public.orders.total, mask: {type: noise, most: 5, per: query}}
                          - {match: public.grades.sat, mask: {type: sql, expression: "date_trunc('day', value)"}}
                          - {match: public.grades.left_at, mask: {type: sql, expression: "timezone('UTC', date_trunc('day', timezone('UTC', value)))"}}
                          - {match: public.grades.back_at, mask: {type: shift, by: student}}
                        tables:
                          - {match: [public.grades, public.orders, public.customers], writes: allowed}
                        """))
                .containsExactly(
                        "note weak-mask rules.yaml:8:5: the mask 'partial' is weak for public.grades.pin: it keeps 3 of at most 4 characters → take one that tells less, or leave it where whoever sees it may know as much",
                        "note weak-mask rules.yaml:10:5: the mask 'hash' is weak for public.grades.class: the column has room for few values, and how often each stand-in occurs may tell which it stands for → take one that tells less, or leave it where whoever sees it may know as much",
                        "note weak-mask rules.yaml:11:5: the mask 'each' is weak for public.grades.marks: the column has room for few values, and how often each stand-in occurs may tell which it stands for → take one that tells less, or leave it where whoever sees it may know as much",
                        "note weak-mask rules.yaml:14:5: the mask 'sql' is weak for public.grades.sat: what a day or an hour is goes by the time zone, which a client can move until it sees the value; take timezone('UTC', value) → take one that tells less, or leave it where whoever sees it may know as much",
                        "note weak-mask rules.yaml:16:5: the mask 'shift' is weak for public.grades.back_at: the time of day stays, and tells the days where another column shows the same moment → take one that tells less, or leave it where whoever sees it may know as much",
                        "note weak-mask rules.yaml:13:5: the mask 'noise' is weak for public.orders.total: it is drawn for each query, and whoever asks often enough finds the value in the middle of the answers → take one that tells less, or leave it where whoever sees it may know as much",
                        "note view rules.yaml:5:5: public.directory.contact shows by the mask 'partial' what public.customers.email shows by the mask 'partial' of rules.yaml:4:5: together they tell more than either → give both one mask, or leave the view's column without a rule, so that it follows",
                        "note writes public.grades: whoever may write it can try out guesses, as equal values have equal masks: class, student → where that must not be, leave out writes: allowed, or give these columns a mask that is alike for many values");
    }

    @Test
    void drawsThatHideLittle() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.WEAK_MASK),
                                """
                        version: 1
                        key: ${env:KEY}
                        columns:
                          - {match: public.grades.class, mask: {type: randomize, epsilon: 1, by: student, values: [1, 2]}}
                          - {match: public.orders.total, mask: {type: randomize, epsilon: 1, by: id, min: 0, max: 100, step: 10}}
                          - {match: public.customers.email, mask: {type: randomize, epsilon: 5, by: id, values: [yes, no]}}
                        """))
                .containsExactly(
                        "note weak-mask rules.yaml:6:5: the mask 'randomize' is weak for public.customers.email: at epsilon 5 a value is shown as it is in up to 99 % of the rows → take one that tells less, or leave it where whoever sees it may know as much",
                        "note weak-mask rules.yaml:4:5: the mask 'randomize' is weak for public.grades.class: its subject student is no key by itself, and rows of one subject with equal values are shown alike → take one that tells less, or leave it where whoever sees it may know as much");
    }

    /** What looks like a key of the table, and is none: rows can agree in it. */
    @Test
    void onlyAKeyOfTheWholeTableTellsSubjectsApart() throws Exception {
        database.run(
                """
                CREATE TABLE nokey_part (id int NOT NULL, vegan boolean);
                CREATE UNIQUE INDEX ON nokey_part (id) WHERE id > 10;
                CREATE TABLE nokey_expression (id int NOT NULL, vegan boolean);
                CREATE UNIQUE INDEX ON nokey_expression (nullif(id, 1));
                CREATE TABLE nokey_later (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, vegan boolean);
                CREATE TABLE nokey_invalid (id int NOT NULL, vegan boolean) PARTITION BY HASH (id);
                CREATE TABLE nokey_invalid_0 PARTITION OF nokey_invalid FOR VALUES WITH (MODULUS 1, REMAINDER 0);
                ALTER TABLE ONLY nokey_invalid ADD PRIMARY KEY (id);
                CREATE TABLE key_carrying (id int NOT NULL, vegan boolean);
                CREATE UNIQUE INDEX ON key_carrying (id) INCLUDE (vegan);
                CREATE TABLE key_plain (id int UNIQUE, vegan boolean);
                """);
        try {
            assertThat(
                            found(
                                    List.of(Kind.WEAK_MASK),
                                    """
                            version: 1
                            key: ${env:KEY}
                            columns:
                              - {match: "public.*key_*.vegan", mask: {type: randomize, epsilon: 1, by: id, values: [true, false]}}
                            """))
                    .map(finding -> finding.replaceAll(".* is weak for |: its subject id is no key by itself.*", ""))
                    .containsExactly(
                            "public.nokey_expression.vegan",
                            "public.nokey_invalid.vegan",
                            "public.nokey_invalid_0.vegan",
                            "public.nokey_later.vegan",
                            "public.nokey_part.vegan");
        } finally {
            database.run(
                    "DROP TABLE nokey_part, nokey_expression, nokey_later, nokey_invalid, key_carrying, key_plain");
        }
    }

    @Test
    void drawsThatAreSharedOrDoneTwice() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.WEAK_MASK, Kind.VIEW),
                                """
                        version: 1
                        key: ${env:KEY}
                        columns:
                          - {match: "*.*.vegan", mask: {type: randomize, epsilon: 1, by: id, values: [true, false]}}
                          - {match: public.seated.at, mask: {type: shift, by: id, days: 20}}
                          - {match: public.guests.at, mask: {type: shift, by: id, days: 10}}
                        """))
                .containsExactly(
                        "note weak-mask rules.yaml:4:5: the mask 'randomize' is weak for public.guests.vegan: its subject id is no key by itself, and rows of one subject with equal values are shown alike → take one that tells less, or leave it where whoever sees it may know as much",
                        "note weak-mask rules.yaml:4:5: the mask 'randomize' is weak for public.speakers.vegan: its subject id is no key by itself, and rows of one subject with equal values are shown alike → take one that tells less, or leave it where whoever sees it may know as much",
                        "note view rules.yaml:5:5: public.seated.at shows by the mask 'shift' what public.guests.at shows by the mask 'shift' of rules.yaml:6:5: together they tell more than either → give both one mask, or leave the view's column without a rule, so that it follows");
    }

    @Test
    void foreignKeysThroughWhichValuesEscape() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.FOREIGN_KEY),
                                """
                        version: 1
                        key: ${env:KEY}
                        roles:
                          - name: support
                            users: support
                            access: masked
                            columns:
                              - {match: public.orders.customer_id, mask: {type: hash, domain: order}}
                        columns:
                          - {match: public.customers.id, mask: {type: hash, domain: customer}}
                          - {match: public.orders.contact, mask: email}
                        """))
                .containsExactly(
                        "error foreign-key public.customers.email: foreign key orders_contact: it is clear and holds the values of public.orders.contact, which is protected by rules.yaml:11:5 → protect it alike: add public.customers.email to the 'match' of rules.yaml:11:5",
                        "error foreign-key public.orders.customer_id: foreign key orders_customer: it is clear and holds the values of public.customers.id, which is protected by rules.yaml:10:5 (for role default) → protect it alike: add public.orders.customer_id to the 'match' of rules.yaml:10:5",
                        "warning foreign-key public.orders.customer_id: foreign key orders_customer: the mask 'hash' by rules.yaml:8:9 and the mask 'hash' by rules.yaml:10:5 of public.customers.id make different things of one value, so that joins break (for role support) → give both one mask with one 'domain' and the same parameters");
    }

    @Test
    void theOtherEndIsToBeProtectedAsTheRulesHaveIt() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.FOREIGN_KEY),
                                """
                        version: 1
                        unclassified: mask
                        columns:
                          - {match: public.customers.email, tag: pii.email}
                          - {match: public.orders.contact, mask: none}
                          - {match: public.orders.customer_id, mask: none}
                        masks:
                          - {tag: "pii.*", mask: email}
                        """))
                .containsExactly(
                        "warning foreign-key public.orders.contact: foreign key orders_contact: it is clear and holds the values of public.customers.email, which is protected by rules.yaml:8:5 → protect it alike: give it the tag pii.email",
                        "warning foreign-key public.orders.customer_id: foreign key orders_customer: it is clear and holds the values of public.customers.id, which is protected by unclassified: mask → protect it alike");
    }

    @Test
    void foreignKeysThatAreClearOnPurposeAndThoseThatJoin() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.FOREIGN_KEY),
                                """
                        version: 1
                        key: ${env:KEY}
                        columns:
                          - {match: [public.customers.email, public.orders.contact], mask: {type: hash}}
                          - {match: public.customers.id, mask: {type: hash}}
                          - {match: public.orders.customer_id, mask: none}
                        """))
                .containsExactly(
                        "warning foreign-key public.orders.customer_id: foreign key orders_customer: it is clear and holds the values of public.customers.id, which is protected by rules.yaml:5:5 → protect it alike: add public.orders.customer_id to the 'match' of rules.yaml:5:5");
    }

    @Test
    void indexesThatHaveRowsInTheOrderOfAProtectedColumn() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.INDEX),
                                """
                        version: 1
                        columns:
                          - {match: public.customers.born, mask: {type: truncate, unit: year}}
                          - {match: public.customers.email, mask: email}
                        """))
                .containsExactly(
                        "note index public.customers.born: rows that the server finds by the index customers_id_born come in this column's order, which tells who has more → where that must not be known, have it in an index without clear columns");
    }

    @Test
    void functionsThatReadProtectedTables() throws Exception {
        assertThat(
                        found(
                                List.of(Kind.FUNCTION),
                                """
                        version: 1
                        columns:
                          - {match: public.customers.email, mask: email}
                        functions:
                          allow: [public.peek, public.harmless]
                        """))
                .containsExactly(
                        "warning function rules.yaml:5:11: masked sessions may call function public.peek(integer), and it uses the protected public.customers, and runs with its owner's rights (SECURITY DEFINER) → see that it never shows a raw value, or take it out of functions: allow",
                        "warning function type pg_catalog.inet: every statement that names it, as in x::inet, is refused: it calls public.of_mood, which is not known to be safe → allow the function in the rule file, under functions: allow:, or create the cast WITH INOUT",
                        "note function function public.dynamic(integer): it uses the protected public.customers → masked sessions cannot call it; look through it before you allow it",
                        "note function function public.keep(): it uses the protected public.customers → masked sessions cannot call it; look through it before you allow it",
                        "note function function public.modern(integer): it uses the protected public.customers → masked sessions cannot call it; look through it before you allow it",
                        "note function function public.over_view(): it uses the protected public.directory → masked sessions cannot call it; look through it before you allow it");
    }

    @Test
    void columnsThatAreInNoRule() throws Exception {
        String rules =
                """
                version: 1
                unclassified: %s
                columns:
                  - {match: ["public.customers.*", "public.events.at", "public.grades.*", "public.guests.*", "public.orders.*"], mask: none}
                """;
        assertThat(found(List.of(Kind.UNCLASSIFIED, Kind.LIKELY_PERSONAL), rules.formatted("allow")))
                .containsExactly(
                        "warning likely-personal public.events.phone: it seems to hold telephone numbers (0.75: the name says 'phone'), is in no rule and is shown raw (unclassified: allow) → give it a rule, such as tag: pii.phone, mask: {type: partial, last: 2, hide: 5}",
                        "note unclassified public.events: 2 of 3 columns are in no rule and are shown raw (unclassified: allow): id, phone → give them rules, or mask: none where they are harmless");
        assertThat(found(List.of(Kind.UNCLASSIFIED, Kind.LIKELY_PERSONAL), rules.formatted("mask")))
                .containsExactly(
                        "note unclassified public.events: 2 of 3 columns are in no rule and are redacted (unclassified: mask): id, phone → give them rules, or mask: none where they are harmless",
                        "note likely-personal public.events.phone: it seems to hold telephone numbers (0.75: the name says 'phone'), is in no rule and is redacted (unclassified: mask) → give it a rule, such as tag: pii.phone, mask: {type: partial, last: 2, hide: 5}");
        assertThat(review(rules.formatted("refuse")).patch().stream().map(DraftRule::match))
                .containsExactly(List.of("public.events.phone"));
    }

    private static List<String> found(List<Kind> kinds, String rules) throws Exception {
        return review(rules).findings().stream()
                .filter(finding -> kinds.contains(finding.kind()))
                .map(finding ->
                        finding.severity().label() + " " + finding.kind().label() + " " + finding.where() + ": "
                                + finding.message() + " → " + finding.advice())
                .toList();
    }

    private static Review review(String rules) throws Exception {
        RuleSet read = RuleFile.parse(rules, "rules.yaml", Map.of("KEY", "0123456789abcdef"), Path.of("."));
        try (Connection connection = database.connect()) {
            return Review.of(read, connection, NOW, null, step -> {});
        }
    }
}
