package dev.bauta.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.BaseConnection;

class CatalogLoaderTest {
    private static final String SHOP =
            """
            CREATE SCHEMA shop;
            CREATE SCHEMA "Odd ""schema";
            CREATE DOMAIN shop.mail AS varchar(80) COLLATE "C" CHECK (VALUE <> '');
            CREATE DOMAIN shop.work_mail AS shop.mail NOT NULL;
            CREATE TYPE shop.mood AS ENUM ('good', 'bad');
            CREATE TYPE shop.place AS (street text, no int);
            CREATE TABLE shop.customer (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              gone text,
              email shop.work_mail,
              name text COLLATE "C" NOT NULL,
              moods shop.mood[],
              home shop.place,
              born date,
              initials text GENERATED ALWAYS AS (left(name, 1)) STORED
            );
            ALTER TABLE shop.customer DROP COLUMN gone;
            CREATE TABLE shop.person (name text);
            CREATE TABLE shop.employee (salary numeric(10,2)) INHERITS (shop.person);
            CREATE TABLE shop.orders (
              id int, customer bigint REFERENCES shop.customer, placed date, PRIMARY KEY (placed, id)
            ) PARTITION BY RANGE (placed);
            CREATE TABLE shop.orders_2024 PARTITION OF shop.orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
            CREATE MATERIALIZED VIEW shop.names AS SELECT name FROM shop.person;
            CREATE VIEW shop.emails AS SELECT email FROM shop.customer;
            CREATE TABLE "Odd ""schema"."select" ("a ""b" int);
            """;

    @Test
    void saysThatAServerIsTooOld() throws Exception {
        CatalogLoader.requireSupported(130_000);
        assertThatThrownBy(() -> CatalogLoader.requireSupported(120_022))
                .isInstanceOf(SQLException.class)
                .hasMessage("PostgreSQL 12 is too old: Bauta needs 13 or later");
    }

    /** Or masked sessions would wait for whoever has it, up to the end of a migration. */
    @Test
    void waitsForNobodyWhoReplacesOrRefreshesAView() throws Exception {
        TestDatabase database =
                TestDatabase.create(SHOP + "CREATE VIEW shop.outer_view AS SELECT email FROM shop.emails;"
                        + " CREATE VIEW shop.counted AS SELECT count(*) FROM shop.customer");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                Connection other = database.connect();
                Statement changing = other.createStatement()) {
            statement.execute("SET statement_timeout = '10s'");
            CatalogSnapshot before = CatalogLoader.load(connection);
            assertThat(isWritable(before, "outer_view")).isTrue();
            assertThat(isWritable(before, "counted")).isFalse();
            other.setAutoCommit(false);
            changing.execute("REFRESH MATERIALIZED VIEW shop.names");
            assertThat(isWritable(CatalogLoader.load(connection), "counted")).isFalse();
            changing.execute("CREATE OR REPLACE VIEW shop.emails AS SELECT email FROM shop.customer");
            CatalogSnapshot meanwhile = CatalogLoader.load(connection);
            assertThat(isWritable(meanwhile, "outer_view")).isTrue();
            assertThat(isWritable(meanwhile, "counted")).as("that is not known").isTrue();
            assertThat(isWritable(meanwhile, "names")).isFalse();
            other.rollback();
        }
    }

    private static boolean isWritable(CatalogSnapshot snapshot, String view) {
        Relation relation =
                snapshot.findRelation(new QualifiedName("shop", view)).orElseThrow();
        return Objects.requireNonNull(snapshot.views().get(relation.oid())).writable();
    }

    @Test
    void readsEveryKindOfRelation() throws Exception {
        TestDatabase database = TestDatabase.create(SHOP);
        try (Connection connection = database.connect()) {
            CatalogSnapshot snapshot = CatalogLoader.load(connection);
            assertThat(Rendering.relations(snapshot, "shop", "Odd \"schema"))
                    .isEqualTo(
                            """
                            TABLE Odd "schema.select
                              1 a "b integer N/b
                            TABLE shop.customer key [1]
                              1 id bigint N/b not null
                              3 email character varying(80) S/b collation pg_catalog.C
                              4 name pg_catalog.text S/b not null collation pg_catalog.C
                              5 moods shop.mood[] A/b
                              6 home shop.place C/c
                              7 born pg_catalog.date D/b
                              8 initials pg_catalog.text S/b from [4]
                              foreign key [1] of shop.orders
                              foreign key [1] of shop.orders_2024
                            SEQUENCE shop.customer_id_seq
                            VIEW shop.emails
                              1 email character varying(80) S/b collation pg_catalog.C
                            TABLE shop.employee
                              1 name pg_catalog.text S/b
                              2 salary numeric(10,2) N/b
                            MATERIALIZED_VIEW shop.names
                              1 name pg_catalog.text S/b
                            PARTITIONED_TABLE shop.orders key [3, 1] children [shop.orders_2024]
                              1 id integer N/b not null
                              2 customer bigint N/b
                              3 placed pg_catalog.date D/b not null
                            TABLE shop.orders_2024 key [3, 1]
                              1 id integer N/b not null
                              2 customer bigint N/b
                              3 placed pg_catalog.date D/b not null
                            TABLE shop.person children [shop.employee]
                              1 name pg_catalog.text S/b
                            """);
        }
    }

    /** PostgreSQL itself groups by no key that can be deferred. */
    @Test
    void aPrimaryKeyThatMayNotHoldIsNone() throws Exception {
        TestDatabase database = TestDatabase.create(
                """
                CREATE TABLE later (id int PRIMARY KEY DEFERRABLE);
                CREATE TABLE parts (id int NOT NULL) PARTITION BY HASH (id);
                CREATE TABLE part PARTITION OF parts FOR VALUES WITH (MODULUS 1, REMAINDER 0);
                ALTER TABLE ONLY parts ADD PRIMARY KEY (id);
                """);
        try (Connection connection = database.connect()) {
            assertThat(Rendering.relations(CatalogLoader.load(connection), "public"))
                    .isEqualTo(
                            """
                            TABLE public.later
                              1 id integer N/b not null
                            TABLE public.part
                              1 id integer N/b not null
                            PARTITIONED_TABLE public.parts children [public.part]
                              1 id integer N/b not null
                            """);
        }
    }

    @Test
    void holdsSystemCatalogsButNothingTemporary() throws Exception {
        TestDatabase database = TestDatabase.create("CREATE TABLE parent (a int)");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE secret (a int PRIMARY KEY); CREATE TEMP VIEW v AS TABLE secret;"
                    + " CREATE TEMP TABLE child () INHERITS (parent)");
            CatalogSnapshot snapshot = CatalogLoader.load(connection);
            assertThat(snapshot.findRelation(new QualifiedName("pg_catalog", "pg_statistic")))
                    .isPresent();
            assertThat(snapshot.findRelation(new QualifiedName("information_schema", "columns")))
                    .isPresent();
            assertThat(snapshot.relationsNamed("secret")).isEmpty();
            assertThat(snapshot.views()).isEmpty();
            assertThat(snapshot.relations())
                    .noneMatch(r -> r.name().schema().startsWith("pg_temp")
                            || r.name().schema().startsWith("pg_toast"));
            assertThat(snapshot.relationsNamed("parent").get(0).children()).isEmpty();
        }
    }

    @Test
    void anUnprivilegedUserReadsTheSame() throws Exception {
        TestDatabase database = TestDatabase.create(SHOP);
        database.run("DROP ROLE IF EXISTS stranger; CREATE ROLE stranger LOGIN PASSWORD 'stranger';"
                + " REVOKE ALL ON SCHEMA public FROM PUBLIC");
        try (Connection own = database.connect();
                Connection strange = database.connect("stranger")) {
            assertThat(Rendering.everything(CatalogLoader.load(strange)))
                    .isEqualTo(Rendering.everything(CatalogLoader.load(own)));
        }
    }

    @Test
    void leavesTheConnectionAsItWas() throws Exception {
        TestDatabase database = TestDatabase.create();
        try (Connection connection = database.connect()) {
            assertThat(stateAround(connection, true)).hasSize(1);
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(stateAround(connection, false)).hasSize(1);
        }
    }

    /** In a read-only connection the PostgreSQL driver sends a statement of its own wherever automatic commits are turned on or off. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesTheConnectionAsItWasAfterAFailure(boolean autoCommit) throws Exception {
        TestDatabase database = TestDatabase.create();
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", "postgres");
        properties.setProperty("readOnlyMode", "always");
        properties.setProperty("options", "-c lock_timeout=100ms");
        String url = "jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + database.name();
        try (Connection other = database.connect();
                Statement locking = other.createStatement();
                Connection connection = DriverManager.getConnection(url, properties)) {
            other.setAutoCommit(false);
            locking.execute("LOCK TABLE pg_catalog.pg_foreign_table IN ACCESS EXCLUSIVE MODE");
            connection.setReadOnly(true);
            connection.setAutoCommit(autoCommit);
            List<String> before = state(connection, autoCommit);
            assertThatThrownBy(() -> CatalogLoader.fingerprint(connection))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
            assertThat(state(connection, autoCommit)).isEqualTo(before);
        }
    }

    @Test
    void tellsHowTheConnectionBroke() throws Exception {
        TestDatabase database = TestDatabase.create();
        try (Connection connection = database.connect()) {
            int pid = connection.unwrap(BaseConnection.class).getBackendPID();
            database.run("SELECT pg_terminate_backend(" + pid + ", 60000)");
            assertThatThrownBy(() -> CatalogLoader.fingerprint(connection))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isIn("57P01", "08006"));
        }
    }

    /** The distinct states before and after a load and a fingerprint. */
    private static List<List<String>> stateAround(Connection connection, boolean autoCommit) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = nowhere, public; SET quote_all_identifiers = on; SET jit = on");
        }
        List<List<String>> states = new ArrayList<>();
        states.add(state(connection, autoCommit));
        CatalogLoader.load(connection);
        states.add(state(connection, autoCommit));
        CatalogLoader.fingerprint(connection);
        states.add(state(connection, autoCommit));
        return states.stream().distinct().toList();
    }

    private static List<String> state(Connection connection, boolean autoCommit) throws SQLException {
        List<String> state = new ArrayList<>(List.of(
                Boolean.toString(connection.getAutoCommit()),
                Boolean.toString(connection.isReadOnly()),
                Integer.toString(connection.getTransactionIsolation())));
        for (String setting : List.of("search_path", "quote_all_identifiers", "jit", "transaction_read_only")) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SHOW " + setting)) {
                row.next();
                state.add(row.getString(1));
            }
        }
        if (!autoCommit) {
            connection.commit();
        }
        return state;
    }

    @Test
    void refusesToReadInsideATransaction() throws Exception {
        TestDatabase database = TestDatabase.create("CREATE TABLE t (a int)");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (1)");
            assertThatThrownBy(() -> CatalogLoader.load(connection))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25001"));
            connection.commit();
            try (ResultSet rows = statement.executeQuery("SELECT a FROM t")) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    @Test
    void hostileObjectsDoNotChangeWhatIsRead() throws Exception {
        TestDatabase database = TestDatabase.create(SHOP);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            String before = Rendering.relations(CatalogLoader.load(connection), "shop");
            statement.execute(
                    """
                    CREATE SCHEMA evil;
                    CREATE VIEW evil.pg_class AS SELECT * FROM pg_catalog.pg_class WHERE false;
                    CREATE FUNCTION evil.format_type(oid, int) RETURNS text LANGUAGE sql AS $$ SELECT 'evil' $$;
                    CREATE FUNCTION evil.count() RETURNS text LANGUAGE sql AS $$ SELECT 'evil' $$;
                    CREATE FUNCTION evil.never(oid, oid) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$;
                    CREATE OPERATOR evil.= (LEFTARG = oid, RIGHTARG = oid, FUNCTION = evil.never);
                    CREATE DOMAIN evil.text AS int;
                    SET search_path = evil, pg_catalog, public;
                    CREATE TEMP TABLE pg_attribute (a int)
                    """);
            assertThat(Rendering.relations(CatalogLoader.load(connection), "shop"))
                    .isEqualTo(before);
        }
    }
}
