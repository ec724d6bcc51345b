package dev.bauta.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.postgresql.PGResultSetMetaData;

class ViewLineageTest {
    private static final String TABLES =
            """
            CREATE TABLE c (id int PRIMARY KEY, email text, name text);
            CREATE TABLE o (id int PRIMARY KEY, c_id int, total int);
            CREATE FUNCTION own(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
            CREATE FUNCTION own_less(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT $1 < $2';
            CREATE OPERATOR <<< (LEFTARG = text, RIGHTARG = text, FUNCTION = own_less);
            CREATE DOMAIN checked AS text CHECK (own(VALUE) <> '');
            CREATE VIEW inner_view AS SELECT id, lower(email) AS email FROM c;
            CREATE EXTENSION citext;
            """;

    /** A view's definition, then its expected lineage. */
    private static final String[][] VIEWS = {
        {"SELECT * FROM c", "id=c.id email=c.email name=c.name uses [c.email, c.id, c.name]"},
        {"SELECT id AS email, email AS id FROM c", "email=c.id id=c.email uses [c.email, c.id]"},
        {"SELECT upper(email) AS u FROM c", "u=? uses [c.email]"},
        {"SELECT id FROM c WHERE email LIKE 'a%'", "id=c.id uses [c.email, c.id]"},
        {"SELECT id FROM c ORDER BY email", "id=c.id uses [c.email, c.id]"},
        {"SELECT count(*) AS n FROM c", "n=? uses []"},
        {"SELECT 1 AS one", "one=? uses []"},
        // pg_depend has c.id alone here
        {"SELECT c, c.id FROM c", "c=? id=c.id uses [c.email, c.id, c.name]"},
        {"SELECT row_to_json(c) AS j, id FROM c", "j=? id=c.id uses [c.email, c.id, c.name]"},
        {
            "SELECT row_to_json(j) AS j, j.id FROM (c JOIN o USING (id)) j",
            "j=? id=c.id uses [c.email, c.id, c.name, o.c_id, o.id, o.total]"
        },
        {"SELECT (c).email AS e FROM c", "e=c.email uses [c.email, c.id, c.name]"},
        {"SELECT (s.r).email AS e FROM (SELECT c AS r FROM c) s", "e=? uses [c.email, c.id, c.name]"},
        {"SELECT row_to_json(s) AS j FROM (SELECT id FROM c) s", "j=? uses [c.id]"},
        {"SELECT ctid AS place, id FROM c", "place=? id=c.id uses [c.-1, c.id]"},
        // joins
        {"SELECT id, total FROM c JOIN o USING (id)", "id=c.id total=o.total uses [c.id, o.id, o.total]"},
        {"SELECT id FROM c RIGHT JOIN o USING (id)", "id=o.id uses [c.id, o.id]"},
        {"SELECT id FROM c FULL JOIN o USING (id)", "id=? uses [c.id, o.id]"},
        {"SELECT j.email FROM (c LEFT JOIN o ON c.id = c_id) AS j", "email=c.email uses [c.email, c.id, o.c_id]"},
        {
            "SELECT l.e FROM o, LATERAL (SELECT email AS e FROM c WHERE c.id = c_id) l",
            "e=c.email uses [c.email, c.id, o.c_id]"
        },
        {"SELECT o.* FROM o NATURAL JOIN c", "id=o.id c_id=o.c_id total=o.total uses [c.id, o.c_id, o.id, o.total]"},
        // subqueries
        {"SELECT (SELECT email FROM c LIMIT 1) AS e", "e=? uses [c.email]"},
        {
            "SELECT id FROM o WHERE EXISTS (SELECT FROM c WHERE c.id = c_id AND email = 'x')",
            "id=o.id uses [c.email, c.id, o.c_id, o.id]"
        },
        {"SELECT e FROM (SELECT DISTINCT email AS e FROM c OFFSET 0) s", "e=c.email uses [c.email]"},
        {"WITH w AS MATERIALIZED (SELECT email FROM c) SELECT email FROM w", "email=c.email uses [c.email]"},
        {
            "SELECT email, id FROM inner_view",
            "email=inner_view.email id=inner_view.id uses [inner_view.email, inner_view.id]"
        },
        {"SELECT x FROM unnest(ARRAY(SELECT email FROM c)) x", "x=? uses [c.email]"},
        {"SELECT x.a FROM (VALUES ((SELECT max(email) FROM c))) x (a)", "a=? uses [c.email]"},
        // grouping
        {"SELECT email, count(*) AS n FROM c GROUP BY email", "email=c.email n=? uses [c.email]"},
        {"SELECT email, id FROM c GROUP BY GROUPING SETS (email, id)", "email=c.email id=c.id uses [c.email, c.id]"},
        {"SELECT c FROM c GROUP BY c", "c=? uses [c.email, c.id, c.name]"},
        {"SELECT max(email) AS m FROM c HAVING min(name) > ''", "m=? uses [c.email, c.name]"},
        {"SELECT id, row_number() OVER (PARTITION BY email) AS r FROM c", "id=c.id r=? uses [c.email, c.id]"},
        // set operations: PostgreSQL reports the left arm's origin, which is half the truth
        {"SELECT name AS x FROM c UNION ALL SELECT email FROM c", "x=? uses [c.email, c.name] not analysable"},
        {
            "SELECT x FROM (SELECT name AS x FROM c EXCEPT SELECT email FROM c) s",
            "x=? uses [c.email, c.name] not analysable"
        },
        {
            "WITH w AS (SELECT name AS x FROM c INTERSECT SELECT email FROM c) SELECT x FROM w",
            "x=? uses [c.email, c.name] not analysable"
        },
        {
            "WITH RECURSIVE w AS (SELECT id FROM c UNION SELECT o.id FROM o JOIN w ON c_id = w.id) SELECT id FROM w",
            "id=? uses [c.id, o.c_id, o.id] not analysable"
        },
        // names that look like fields of a node tree
        {
            "SELECT email AS \":resorigtbl\", id AS \"{QUERY :setOperations {\", name AS \") \\ }\" FROM c",
            ":resorigtbl=c.email {QUERY :setOperations {=c.id ) \\ }=c.name uses [c.email, c.id, c.name]"
        },
        // what can reach data behind the view's text
        {"SELECT own(email) AS f FROM c", "f=? uses [c.email] unsafe [public.own]"},
        {"SELECT id FROM c WHERE email <<< 'x'", "id=c.id uses [c.email, c.id] unsafe [public.own_less]"},
        {"SELECT 'x'::checked AS d", "d=? uses [] unsafe [public.own]"},
        {"SELECT x FROM own('x') x", "x=? uses [] unsafe [public.own]"},
        {
            "SELECT query_to_xml('SELECT email FROM c', true, true, '') AS x",
            "x=? uses [] unsafe [pg_catalog.query_to_xml]"
        },
        {"SELECT pid FROM pg_stat_get_activity(NULL)", "pid=? uses [] unsafe [pg_catalog.pg_stat_get_activity]"},
        {"SELECT email::citext AS e FROM c", "e=? uses [c.email]"},
        {"SELECT 'c'::regclass AS r", "r=? uses [c.email, c.id, c.name]"},
        // pinned catalogs are not in pg_depend
        {"SELECT stavalues1::text AS v FROM pg_statistic", "v=? uses [pg_statistic.stavalues1]"},
        {"SELECT most_common_vals::text AS v FROM pg_stats", "v=? uses [pg_stats.most_common_vals]"},
    };

    @Test
    void lineageOfViewsAndMaterializedViews() throws Exception {
        TestDatabase database = TestDatabase.create(TABLES);
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < VIEWS.length; i++) {
            String kind = i % 5 == 4 ? "MATERIALIZED VIEW" : "VIEW";
            String data = i % 5 == 4 ? " WITH NO DATA" : "";
            database.run("CREATE " + kind + " v" + i + " AS " + VIEWS[i][0] + data);
            expected.put(VIEWS[i][0], VIEWS[i][1]);
        }
        try (Connection connection = database.connect()) {
            CatalogSnapshot snapshot = CatalogLoader.load(connection);
            Map<String, String> found = new LinkedHashMap<>();
            for (int i = 0; i < VIEWS.length; i++) {
                Relation view = view(snapshot, "v" + i);
                found.put(VIEWS[i][0], Rendering.lineage(snapshot, view));
            }
            assertThat(found).isEqualTo(expected);
            assertThat(snapshot.views()).hasSize(VIEWS.length + 1);
        }
    }

    @Test
    void relationsThatAreReadMoreThanOnceAreKnown() throws Exception {
        Map<String, String> expected = Map.of(
                "SELECT a.email, b.id FROM c a, c b", "c",
                "SELECT a.email, o.id FROM c a, o", "",
                "SELECT email, (SELECT max(id) FROM c) AS n FROM c", "c",
                "SELECT l.email, o.id FROM o, LATERAL (SELECT email FROM c WHERE id = c_id) l", "",
                "WITH w AS MATERIALIZED (SELECT * FROM c) SELECT a.email, b.id FROM w a, w b", "c",
                "WITH w AS (SELECT * FROM c) SELECT email, id FROM w", "",
                "SELECT a.email, b.id FROM inner_view a, c b", "",
                "SELECT a.email, b.id FROM inner_view a, inner_view b", "inner_view");
        TestDatabase database = TestDatabase.create(TABLES);
        Map<String, String> found = new LinkedHashMap<>();
        try (Connection connection = database.connect()) {
            int i = 0;
            for (String view : expected.keySet()) {
                database.run("CREATE VIEW v" + i + " AS " + view);
                CatalogSnapshot snapshot = CatalogLoader.load(connection);
                ViewLineage lineage = Objects.requireNonNull(
                        snapshot.views().get(view(snapshot, "v" + i++).oid()));
                found.put(
                        view,
                        lineage.repeated().stream()
                                .map(oid -> Objects.requireNonNull(snapshot.relation(oid))
                                        .name()
                                        .name())
                                .collect(java.util.stream.Collectors.joining(",")));
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    /** What the rule holds is what PostgreSQL says when it describes the view's text. */
    @Test
    void originsAreThoseOfADescription() throws Exception {
        TestDatabase database = TestDatabase.create(TABLES);
        for (int i = 0; i < VIEWS.length; i++) {
            database.run("CREATE VIEW v" + i + " AS " + VIEWS[i][0]);
        }
        try (Connection connection = database.connect()) {
            CatalogSnapshot snapshot = CatalogLoader.load(connection);
            for (int i = 0; i < VIEWS.length; i++) {
                Relation view = view(snapshot, "v" + i);
                ViewLineage lineage = snapshot.views().get(view.oid());
                if (lineage != null && lineage.analysable()) {
                    assertThat(named(snapshot, view, lineage))
                            .as(VIEWS[i][0])
                            .isEqualTo(described(connection, definition(connection, view)));
                }
            }
        }
    }

    @Test
    void aRenamedOrReplacedSourceIsFollowed() throws Exception {
        TestDatabase database = TestDatabase.create(TABLES + "CREATE VIEW v AS SELECT email FROM c");
        database.run("ALTER TABLE c RENAME email TO address; ALTER TABLE c RENAME TO client");
        try (Connection connection = database.connect()) {
            CatalogSnapshot snapshot = CatalogLoader.load(connection);
            assertThat(Rendering.lineage(snapshot, view(snapshot, "v")))
                    .isEqualTo("email=client.address uses [client.address]");
        }
    }

    private static Relation view(CatalogSnapshot snapshot, String name) {
        return snapshot.findRelation(new QualifiedName("public", name)).orElseThrow();
    }

    private static Map<Integer, String> named(CatalogSnapshot snapshot, Relation view, ViewLineage lineage) {
        Map<Integer, String> named = new LinkedHashMap<>();
        for (Column column : view.columns()) {
            ColumnOrigin origin = lineage.origins().get(column.number());
            if (origin != null) {
                Relation source = Objects.requireNonNull(snapshot.relation(origin.relation()));
                named.put(column.number(), source.name() + "." + Rendering.column(source, origin.column()));
            }
        }
        return named;
    }

    private static String definition(Connection connection, Relation view) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_get_viewdef(" + view.oid() + "::oid)")) {
            row.next();
            return row.getString(1);
        }
    }

    private static Map<Integer, String> described(Connection connection, String query) throws SQLException {
        Map<Integer, String> origins = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(query.replace("?", "??"))) {
            PGResultSetMetaData fields = statement.getMetaData().unwrap(PGResultSetMetaData.class);
            for (int i = 1; i <= statement.getMetaData().getColumnCount(); i++) {
                if (!fields.getBaseColumnName(i).isEmpty()
                        && !fields.getBaseColumnName(i).equals("ctid")) {
                    origins.put(
                            i,
                            fields.getBaseSchemaName(i) + "." + fields.getBaseTableName(i) + "."
                                    + fields.getBaseColumnName(i));
                }
            }
        }
        return origins;
    }
}
