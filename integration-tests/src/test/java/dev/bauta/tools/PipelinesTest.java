package dev.bauta.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bauta.doors.ScenarioServer;
import dev.bauta.jdbc.Copy;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Data that leaves the database for other systems is masked on its way. The examples are those of {@code docs/pipelines.md}. */
class PipelinesTest {
    private final ToolShop shop = new ToolShop();

    @AfterEach
    void drop() {
        shop.database.drop();
    }

    @Test
    void anApiService() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(shop.url());
        config.setUsername("analyst");
        config.setPassword("analyst");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            // tag::service[]
            ObjectMapper json = new ObjectMapper();
            server.createContext("/customers", exchange -> {
                List<Map<String, Object>> customers = new ArrayList<>();
                try (Connection connection = pool.getConnection();
                        PreparedStatement statement = connection.prepareStatement(
                                "SELECT id, email, city FROM customer WHERE city = ? ORDER BY id")) {
                    statement.setString(1, exchange.getRequestURI().getQuery());
                    ResultSet rows = statement.executeQuery();
                    while (rows.next()) {
                        customers.add(Map.of("id", rows.getInt("id"), "email", rows.getString("email")));
                    }
                    exchange.sendResponseHeaders(200, 0);
                    json.writeValue(exchange.getResponseBody(), customers);
                } catch (SQLException e) {
                    exchange.sendResponseHeaders(e.getSQLState().equals("42501") ? 403 : 500, -1);
                }
            });
            // end::service[]
            server.start();
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/customers?City%201");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(json.readTree(answer.body()))
                    .isEqualTo(
                            json.readTree(
                                    """
                            [{"id": 1, "email": "a****"}, {"id": 4, "email": "d****"}, {"id": 7, "email": "g****"},
                             {"id": 10, "email": "j****"}]"""));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aKafkaProducer() throws Exception {
        // tag::producer[]
        try (Connection connection = shop.bauta("analyst").getConnection();
                Statement statement = connection.createStatement();
                MockProducer<String, String> producer = new MockProducer<>(
                        true, new RoundRobinPartitioner(), new StringSerializer(), new StringSerializer())) {
            connection.setAutoCommit(false);
            statement.setFetchSize(5);
            ResultSet rows = statement.executeQuery("SELECT id, email FROM customer ORDER BY id");
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            while (rows.next()) {
                sent.add(producer.send(new ProducerRecord<>("customers", rows.getString(1), rows.getString(2))));
            }
            // end::producer[]
            assertThat(sent).hasSize(12);
            assertThat(producer.history()).hasSize(12);
            assertThat(producer.history().get(0).value()).isEqualTo("a****");
            assertThat(producer.history().toString()).doesNotContain("example.org");
        }
    }

    /** What the JDBC source connector asks for, by its PostgreSQL dialect, in each of its modes. */
    @Test
    void kafkaConnect() throws Exception {
        shop.database.run("ALTER TABLE customer ADD changed timestamptz;"
                + " UPDATE customer SET changed = timestamptz '2026-01-01 00:00Z' + id / 2 * interval '1 day'");
        String expected = ToolShop.masked(polled(shop.direct()));
        assertThat(expected).contains("a****");
        assertThat(polled(shop.bauta("analyst"))).isEqualTo(expected);
        try (ScenarioServer proxy = shop.proxy()) {
            assertThat(polled(ToolShop.plain(shop.proxyUrl(proxy), "analyst"))).isEqualTo(expected);
        }
    }

    private static String polled(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            String table = described(connection);
            String from = "SELECT * FROM " + table;
            String id = table + ".\"id\"";
            String changed = table + ".\"changed\"";
            StringBuilder seen = new StringBuilder();
            try (PreparedStatement bulk = connection.prepareStatement(from)) {
                seen.append(ToolShop.rows(bulk.executeQuery()));
            }
            String more = " WHERE " + id + " > ? ORDER BY " + id + " ASC";
            try (PreparedStatement incrementing = connection.prepareStatement(from + more)) {
                for (long last = -1; last < 12; last += 3) {
                    incrementing.setLong(1, last);
                    seen.append(ToolShop.rows(incrementing.executeQuery()));
                }
            }
            String newer = " WHERE " + changed + " < ? AND ((" + changed + " = ? AND " + id + " > ?) OR " + changed
                    + " > ?) ORDER BY " + changed + "," + id + " ASC";
            Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
            Timestamp last = Timestamp.from(Instant.parse("2026-01-03T00:00:00Z"));
            try (PreparedStatement both = connection.prepareStatement(from + newer)) {
                both.setTimestamp(1, now(connection), utc);
                both.setTimestamp(2, last, utc);
                both.setLong(3, 4);
                both.setTimestamp(4, last, utc);
                seen.append(ToolShop.rows(both.executeQuery()));
            }
            return seen.toString();
        }
    }

    /** The table's name as the connector writes it, which it has from the metadata. */
    private static String described(Connection connection) throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        String quote = metadata.getIdentifierQuoteString();
        try (ResultSet tables = metadata.getTables(null, null, "customer", new String[] {"TABLE"});
                ResultSet columns = metadata.getColumns(null, "public", "customer", "%")) {
            assertThat(tables.next()).isTrue();
            assertThat(ToolShop.rows(columns)).contains("email", "changed", "timestamptz");
            List<String> parts = List.of(tables.getString(1), tables.getString(2), tables.getString(3));
            return quote + String.join(quote + "." + quote, parts) + quote;
        }
    }

    private static Timestamp now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CURRENT_TIMESTAMP")) {
            row.next();
            return row.getTimestamp(1, Calendar.getInstance(TimeZone.getTimeZone("UTC")));
        }
    }

    @Test
    void aBatchJob() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        // tag::copy[]
        try (Connection connection = shop.bauta("analyst").getConnection()) {
            connection
                    .unwrap(Copy.class)
                    .copyOut(
                            "COPY (SELECT id, email FROM customer ORDER BY id LIMIT 2) TO STDOUT (FORMAT csv, HEADER)",
                            file);
        }
        // end::copy[]
        assertThat(file.toString(StandardCharsets.UTF_8)).isEqualTo("id,email\n1,a****\n2,b****\n");
    }
}
