package dev.bauta.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.doors.ScenarioServer;
import java.io.StringWriter;
import java.sql.Connection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import schemacrawler.schemacrawler.LimitOptionsBuilder;
import schemacrawler.schemacrawler.LoadOptionsBuilder;
import schemacrawler.schemacrawler.SchemaCrawlerOptions;
import schemacrawler.schemacrawler.SchemaCrawlerOptionsBuilder;
import schemacrawler.schemacrawler.SchemaInfoLevelBuilder;
import schemacrawler.schemacrawler.SchemaRetrievalOptions;
import schemacrawler.tools.command.text.schema.options.TextOutputFormat;
import schemacrawler.tools.databaseconnector.DatabaseConnectorRegistry;
import schemacrawler.tools.executable.SchemaCrawlerExecutable;
import schemacrawler.tools.options.OutputOptionsBuilder;
import us.fatehi.utility.datasource.DatabaseConnectionSources;

/** SchemaCrawler draws the same picture of a schema for a masked user as straight from PostgreSQL. */
class SchemaCrawlerTest {
    private static final List<Logger> LOGS = List.of(Logger.getLogger("schemacrawler"), Logger.getLogger("us.fatehi"));
    private static final ToolShop SHOP = new ToolShop();

    @BeforeAll
    static void beQuiet() {
        LOGS.forEach(log -> log.setLevel(Level.WARNING));
    }

    @AfterAll
    static void drop() {
        SHOP.database.drop();
    }

    @Test
    void drawsTheSameSchema() throws Exception {
        String direct = crawled(SHOP.direct());
        assertThat(direct).contains("public.customer", "orders_customer_fkey", "customer_pkey", "numeric(10, 2)");
        assertThat(crawled(SHOP.bauta(ToolShop.MASKED_USER))).isEqualTo(direct);
        try (ScenarioServer proxy = SHOP.proxy()) {
            assertThat(crawled(ToolShop.plain(SHOP.proxyUrl(proxy), ToolShop.MASKED_USER)))
                    .isEqualTo(direct);
        }
    }

    private static String crawled(DataSource source) throws Exception {
        // tag::schemacrawler[]
        SchemaRetrievalOptions postgresql;
        try (Connection connection = source.getConnection()) {
            postgresql = DatabaseConnectorRegistry.getDatabaseConnectorRegistry()
                    .findDatabaseConnectorFromDatabaseSystemIdentifier("postgresql")
                    .getSchemaRetrievalOptionsBuilder(connection)
                    .toOptions();
        }
        SchemaCrawlerExecutable crawler = new SchemaCrawlerExecutable("schema");
        crawler.setDataSource(DatabaseConnectionSources.fromDataSource(source));
        crawler.setSchemaRetrievalOptions(postgresql);
        // end::schemacrawler[]
        SchemaCrawlerOptions options = SchemaCrawlerOptionsBuilder.newSchemaCrawlerOptions()
                .withLimitOptions(LimitOptionsBuilder.builder()
                        .includeSchemas(Pattern.compile(".*public"))
                        .toOptions())
                .withLoadOptions(LoadOptionsBuilder.builder()
                        .withSchemaInfoLevel(SchemaInfoLevelBuilder.maximum())
                        .toOptions());
        StringWriter picture = new StringWriter();
        crawler.setSchemaCrawlerOptions(options);
        crawler.setOutputOptions(OutputOptionsBuilder.builder()
                .withOutputFormat(TextOutputFormat.text)
                .withOutputWriter(picture)
                .toOptions());
        crawler.execute();
        return picture.toString().replaceAll("generated on .*", "");
    }
}
