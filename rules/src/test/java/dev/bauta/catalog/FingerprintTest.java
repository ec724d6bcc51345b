package dev.bauta.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final String SCHEMA =
            """
            CREATE SCHEMA s;
            CREATE TABLE t (a int PRIMARY KEY, b text, c int GENERATED ALWAYS AS (a + 1) STORED);
            INSERT INTO t VALUES (1, 'x'), (2, 'y');
            CREATE TABLE part (a int) PARTITION BY LIST (a);
            CREATE TABLE part1 (a int);
            CREATE TABLE child (a int NOT NULL, b text, c int GENERATED ALWAYS AS (a + 1) STORED);
            CREATE TABLE fk (a int);
            CREATE VIEW v AS SELECT a, b FROM t;
            CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
            CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
            CREATE FUNCTION less(t, t) RETURNS boolean LANGUAGE sql AS 'SELECT true';
            CREATE FUNCTION to_t(int) RETURNS t LANGUAGE sql AS 'SELECT null::t';
            CREATE DOMAIN d AS int;
            CREATE SEQUENCE counted;
            CREATE TRIGGER unchanged BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
            """;

    /** Run one after the other; each must change the fingerprint. */
    private static final List<String> CHANGES = List.of(
            "CREATE TABLE new (a int)",
            "ALTER TABLE new RENAME TO newer",
            "ALTER TABLE newer SET SCHEMA s",
            "DROP TABLE s.newer",
            "ALTER TABLE t ADD COLUMN e int",
            "ALTER TABLE t RENAME COLUMN e TO f",
            "ALTER TABLE t ALTER COLUMN f TYPE bigint",
            "ALTER TABLE fk ALTER COLUMN a SET NOT NULL",
            "ALTER TABLE t DROP COLUMN f",
            "ALTER TABLE t RENAME COLUMN b TO bb",
            "CREATE OR REPLACE VIEW v AS SELECT a, upper(bb) AS b FROM t",
            "ALTER VIEW v RENAME COLUMN b TO bbb",
            "DROP VIEW v",
            "ALTER MATERIALIZED VIEW m RENAME TO mm",
            "CREATE OR REPLACE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 2'",
            "ALTER FUNCTION f(int) IMMUTABLE",
            "ALTER FUNCTION f(int) RENAME TO g",
            "CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'",
            "CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int)",
            "ALTER TABLE part ATTACH PARTITION part1 FOR VALUES IN (1)",
            "ALTER TABLE part DETACH PARTITION part1",
            "ALTER TABLE child DROP COLUMN c",
            "ALTER TABLE child RENAME TO kid",
            "CREATE TABLE grown () INHERITS (kid)",
            "ALTER TABLE grown NO INHERIT kid",
            "ALTER TABLE fk ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES t",
            "ALTER TABLE fk DROP CONSTRAINT k",
            "ALTER TABLE fk ADD PRIMARY KEY (a)",
            "CREATE OPERATOR <<< (LEFTARG = t, RIGHTARG = t, FUNCTION = less)",
            "DROP OPERATOR <<< (t, t)",
            "CREATE OPERATOR CLASS bare FOR TYPE int USING btree AS STORAGE int",
            "CREATE FUNCTION compare(int, int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 0'",
            "ALTER OPERATOR FAMILY bare USING btree ADD FUNCTION 1 (int, int) compare(int, int)",
            "ALTER OPERATOR FAMILY bare USING btree ADD OPERATOR 1 <(int, int)",
            "CREATE CAST (int AS t) WITH FUNCTION to_t(int)",
            "DROP CAST (int AS t)",
            "CREATE DOMAIN d2 AS text",
            "ALTER DOMAIN d ADD CONSTRAINT positive CHECK (g(VALUE) > 0)",
            "ALTER DOMAIN d RENAME TO dd",
            "CREATE TYPE mood AS ENUM ('good')",
            "CREATE TYPE span AS RANGE (SUBTYPE = date)",
            "CREATE TYPE place AS (street text)",
            "ALTER TYPE place ADD ATTRIBUTE no int",
            "CREATE EXTENSION citext",
            "ALTER EXTENSION citext ADD FUNCTION g(int)",
            "ALTER EXTENSION citext DROP FUNCTION g(int)",
            "ALTER EXTENSION citext SET SCHEMA s",
            "DROP EXTENSION citext",
            "CREATE SEQUENCE sq",
            "ALTER TABLE fk ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE fk FORCE ROW LEVEL SECURITY",
            "GRANT SELECT ON fk TO PUBLIC",
            "ALTER TABLE fk OWNER TO pg_monitor",
            "ALTER TABLE fk SET (fillfactor = 50)",
            "CREATE UNLOGGED TABLE logged (a int)",
            "ALTER TABLE logged SET LOGGED",
            "CREATE INDEX plain_a ON fk (a)",
            "CREATE UNIQUE INDEX unique_a ON fk (a)",
            "CREATE INDEX partial_a ON fk (a) WHERE a > 0",
            "CREATE POLICY pol ON fk USING (a > 0)",
            "CREATE TRIGGER trg BEFORE UPDATE ON fk FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            "ALTER TRIGGER trg ON fk RENAME TO other_trg",
            "CREATE EXTENSION postgres_fdw",
            "CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw",
            "CREATE FOREIGN TABLE far (a int) SERVER elsewhere",
            "ALTER SERVER elsewhere OPTIONS (ADD updatable 'false')",
            "ALTER FOREIGN TABLE far OPTIONS (ADD updatable 'true')",
            "ALTER FOREIGN DATA WRAPPER postgres_fdw NO HANDLER",
            "ALTER LANGUAGE plpgsql RENAME TO procedural",
            "CREATE TYPE pg_temp.pair AS (a int)",
            "ALTER TYPE pg_temp.pair ADD ATTRIBUTE b t",
            "CREATE DOMAIN pg_temp.checked AS int",
            "ALTER DOMAIN pg_temp.checked ADD CONSTRAINT positive CHECK (g(VALUE) > 0)",
            "COMMENT ON COLUMN fk.a IS 'bauta'",
            "COMMENT ON COLUMN fk.a IS NULL",
            "CREATE ROLE fp_group; CREATE ROLE fp_member IN ROLE fp_group",
            "ALTER ROLE fp_member RENAME TO fp_other",
            "DROP ROLE fp_other, fp_group",
            "CREATE COLLATION coll (LOCALE = 'C')",
            "ALTER SCHEMA s RENAME TO s2",
            "BEGIN; ALTER TABLE t RENAME bb TO b; ALTER TABLE t RENAME a TO aa; COMMIT");

    /** None of these may change the fingerprint. */
    private static final List<String> NO_CHANGES = List.of(
            "SELECT 1",
            "INSERT INTO t (a) SELECT generate_series(10, 1000)",
            "UPDATE t SET b = 'z'",
            "DELETE FROM t WHERE a > 500",
            "ANALYZE",
            "VACUUM",
            "VACUUM ANALYZE t",
            "VACUUM FREEZE t",
            "CREATE TEMP TABLE tmp (a int PRIMARY KEY, b text DEFAULT 'x', c int GENERATED ALWAYS AS (a) STORED)",
            "CREATE TEMP VIEW tmp_view AS SELECT * FROM tmp",
            "BEGIN; DROP TABLE t CASCADE; ROLLBACK",
            "TRUNCATE t CASCADE",
            "BEGIN; TRUNCATE t RESTART IDENTITY CASCADE; COMMIT",
            "REFRESH MATERIALIZED VIEW m",
            "VACUUM FULL t",
            "REINDEX TABLE t",
            "ALTER SEQUENCE counted RESTART",
            "ALTER TABLE t DISABLE TRIGGER ALL",
            "ALTER TABLE t ENABLE TRIGGER USER",
            "CREATE POLICY visible ON tmp USING (a > 0)",
            "COMMENT ON TABLE t IS 'x'");

    @Test
    void everyKindOfChangeChangesIt() throws Exception {
        TestDatabase database = TestDatabase.create(SCHEMA);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            List<String> unnoticed = new ArrayList<>();
            String last = CatalogLoader.fingerprint(connection);
            for (String change : CHANGES) {
                statement.execute(change);
                String now = CatalogLoader.fingerprint(connection);
                if (now.equals(last)) {
                    unnoticed.add(change);
                }
                last = now;
            }
            assertThat(unnoticed).isEmpty();
        }
    }

    @Test
    void dataStatisticsAndTemporaryTablesDoNotChangeIt() throws Exception {
        TestDatabase database = TestDatabase.create(SCHEMA);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            List<String> noticed = new ArrayList<>();
            String last = CatalogLoader.fingerprint(connection);
            for (String change : NO_CHANGES) {
                statement.execute(change);
                String now = CatalogLoader.fingerprint(connection);
                if (!now.equals(last)) {
                    noticed.add(change);
                }
                last = now;
            }
            assertThat(noticed).isEmpty();
        }
    }

    /** A session's table of locks starts with 16 places, does not shrink, and is walked through at the end of each transaction. */
    @Test
    void noPartOfItTakesManyLocks() throws Exception {
        List<Integer> locks = new ArrayList<>();
        try (Connection connection = TestDatabase.create(SCHEMA).connect()) {
            for (String part : Fingerprint.PARTS) {
                try (CatalogTransaction transaction = CatalogTransaction.begin(connection)) {
                    transaction.query(part, row -> {});
                    transaction.query(
                            "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation'",
                            row -> locks.add(row.getInt(1)));
                }
            }
        }
        int ofTheQuestion = 1;
        assertThat(locks).allMatch(count -> count - ofTheQuestion <= 18);
    }

    /** Of other columns of pg_class it is to be decided whether they tell what a relation is. */
    @Test
    void whatIsLeftOutOfARelationsRowIsStorageAndStatistics() throws Exception {
        Set<String> columns = new TreeSet<>();
        try (Connection connection = TestDatabase.create("").connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT attname FROM pg_attribute WHERE attrelid = 'pg_class'::regclass AND attnum > 0")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        columns.removeAll(Set.of(Fingerprint.RELATION_COLUMNS.split(", ")));
        columns.remove("relallfrozen"); // Since PostgreSQL 18.
        assertThat(columns)
                .containsExactlyInAnyOrder(
                        "relam",
                        "relfilenode",
                        "reltablespace",
                        "relpages",
                        "reltuples",
                        "relallvisible",
                        "reltoastrelid",
                        "relhasindex",
                        "relisshared",
                        "relhasrules",
                        "relhastriggers",
                        "relhassubclass",
                        "relispopulated",
                        "relreplident",
                        "relrewrite",
                        "relfrozenxid",
                        "relminmxid");
    }

    @Test
    void itNamesOneStateOfOneDatabase() throws Exception {
        TestDatabase one = TestDatabase.create(SCHEMA);
        TestDatabase other = TestDatabase.create(SCHEMA);
        try (Connection first = one.connect();
                Connection second = one.connect();
                Connection third = other.connect()) {
            assertThat(CatalogLoader.fingerprint(first))
                    .matches("[0-9a-f]{64}")
                    .isEqualTo(CatalogLoader.fingerprint(second))
                    .isEqualTo(CatalogLoader.load(second).fingerprint())
                    .isNotEqualTo(CatalogLoader.fingerprint(third));
        }
    }
}
