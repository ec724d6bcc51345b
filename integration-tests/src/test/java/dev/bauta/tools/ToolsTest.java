package dev.bauta.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.doors.ScenarioServer;
import dev.bauta.jdbc.BautaSQLException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sqlline.SqlLine;

/** Each tool works as a masked user and shows what it shows straight on PostgreSQL, with masks in their place. */
class ToolsTest {
    private static final String QUERY = "SELECT id, email, city FROM customer ORDER BY id";

    private final ToolShop shop = new ToolShop();

    @AfterEach
    void drop() {
        shop.database.drop();
    }

    @Test
    void myBatis() {
        SqlSessionFactory factory = myBatis(shop.bauta("analyst"));
        try (SqlSession session = factory.openSession();
                SqlSession direct = myBatis(shop.direct()).openSession()) {
            CustomerMapper mapper = session.getMapper(CustomerMapper.class);
            assertThat(mapper.inCity("City 1").toString())
                    .isEqualTo(ToolShop.masked(direct.getMapper(CustomerMapper.class)
                            .inCity("City 1")
                            .toString()));
            Map<String, Object> order = new HashMap<>(Map.of("customer", 1, "total", BigDecimal.TEN));
            assertThat(mapper.order(order)).isEqualTo(1);
            assertThat(order.get("id")).hasToString("41");
            assertThatThrownBy(() -> mapper.overwrite("x")).hasRootCauseInstanceOf(BautaSQLException.class);
            session.rollback();
        }
    }

    private static SqlSessionFactory myBatis(DataSource source) {
        Configuration configuration = new Configuration(new Environment("test", new JdbcTransactionFactory(), source));
        configuration.addMapper(CustomerMapper.class);
        return new SqlSessionFactoryBuilder().build(configuration);
    }

    @Test
    void flywayMigratesAsARawRole(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("V1__add_phone.sql"), "ALTER TABLE customer ADD phone text;");
        // tag::flyway[]
        Flyway flyway = Flyway.configure()
                .dataSource(shop.bauta("postgres"))
                .locations("filesystem:" + folder)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
        flyway.migrate();
        // end::flyway[]
        assertThat(flyway.info().applied()).hasSize(2);
        try (Connection masked = shop.bauta("analyst").getConnection()) {
            assertThat(ToolShop.rows(masked, "SELECT id, email, phone FROM customer WHERE id = 1"))
                    .isEqualTo("1 a**** null \n");
        }
    }

    @Test
    void flywayMigratesThroughTheProxy(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("V1__add_phone.sql"), "ALTER TABLE customer ADD phone text;");
        Files.writeString(folder.resolve("V2__make_copy.sql"), "CREATE TABLE copy AS SELECT email FROM customer;");
        try (ScenarioServer proxy = shop.proxy();
                Connection masked =
                        ToolShop.plain(shop.proxyUrl(proxy), "analyst").getConnection()) {
            Flyway flyway = Flyway.configure()
                    .dataSource(ToolShop.plain(shop.proxyUrl(proxy), "postgres"))
                    .locations("filesystem:" + folder)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load();
            flyway.migrate();
            assertThat(flyway.info().applied()).hasSize(3);
            assertThat(ToolShop.rows(masked, "SELECT id, email, phone FROM customer WHERE id = 1"))
                    .isEqualTo("1 a**** null \n");
        }
    }

    @Test
    void liquibaseMigratesAsARawRole(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("changelog.sql"),
                "--liquibase formatted sql\n--changeset shop:1\nALTER TABLE customer ADD phone text;\n");
        try (Connection connection = shop.bauta("postgres").getConnection()) {
            var database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            Scope.child(Scope.Attr.resourceAccessor, new DirectoryResourceAccessor(folder), () -> new CommandScope(
                            UpdateCommandStep.COMMAND_NAME)
                    .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                    .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, "changelog.sql")
                    .setOutput(OutputStream.nullOutputStream())
                    .execute());
        }
        try (Connection masked = shop.bauta("analyst").getConnection()) {
            assertThat(ToolShop.rows(masked, "SELECT id, email, phone FROM customer WHERE id = 1"))
                    .isEqualTo("1 a**** null \n");
        }
    }

    @Test
    void sqlline() throws Exception {
        String expected = ToolShop.masked(sqlline(shop.plainUrl()));
        assertThat(sqlline(shop.url())).isEqualTo(expected);
        try (ScenarioServer proxy = shop.proxy()) {
            assertThat(sqlline(shop.proxyUrl(proxy))).isEqualTo(expected);
        }
    }

    private static String sqlline(String url) throws Exception {
        String script = "!set outputformat csv\n!set showheader true\n" + QUERY
                + ";\n!tables\n!columns customer\n!indexes customer\n!primarykeys customer\n!quit\n";
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        SqlLine line = new SqlLine();
        line.setOutputStream(new PrintStream(output, true, StandardCharsets.UTF_8));
        line.setErrorStream(new PrintStream(output, true, StandardCharsets.UTF_8));
        InputStream input = new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8));
        line.begin(
                new String[] {"-u", url, "-n", "analyst", "-p", "analyst", "--silent=true", "--showElapsedTime=false"},
                input,
                false);
        String text = output.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("City 1", "customer_pkey");
        return text.replace(url, "URL");
    }

    /** What DBeaver and its kin ask for when they show a database. */
    @Test
    void databaseBrowsers() throws Exception {
        try (Connection direct = shop.direct().getConnection();
                Connection masked = shop.bauta("analyst").getConnection()) {
            assertThat(browsed(masked)).isEqualTo(browsed(direct));
        }
    }

    private static List<String> browsed(Connection connection) throws SQLException {
        List<String> seen = new ArrayList<>();
        var metadata = connection.getMetaData();
        seen.add(ToolShop.rows(metadata.getSchemas()));
        seen.add(ToolShop.rows(metadata.getCatalogs()));
        seen.add(ToolShop.rows(metadata.getTables(null, "public", "%", new String[] {"TABLE", "VIEW"})));
        seen.add(ToolShop.rows(metadata.getColumns(null, "public", "customer", "%")));
        seen.add(ToolShop.rows(metadata.getPrimaryKeys(null, "public", "customer")));
        seen.add(ToolShop.rows(metadata.getImportedKeys(null, "public", "orders")));
        seen.add(ToolShop.rows(metadata.getExportedKeys(null, "public", "customer")));
        seen.add(ToolShop.rows(metadata.getIndexInfo(null, "public", "customer", false, false)));
        seen.add(ToolShop.rows(metadata.getTypeInfo()));
        seen.add(ToolShop.rows(metadata.getTablePrivileges(null, "public", "customer")));
        return seen;
    }
}
