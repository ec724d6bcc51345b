package dev.bauta.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bauta.jdbc.BautaConnectionPoolDataSource;
import java.sql.Connection;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Pools hold connections of masked users. The examples are those of {@code docs/pools.md}. */
class PoolsTest {
    private static final String QUERY = "SELECT id, email, city FROM customer ORDER BY id";
    private static final ToolShop SHOP = new ToolShop();

    @AfterAll
    static void drop() {
        SHOP.database.drop();
    }

    private static void worksAsMaskedUser(HikariDataSource pool) throws Exception {
        String expected;
        try (Connection direct = SHOP.direct().getConnection()) {
            expected = ToolShop.masked(ToolShop.rows(direct, QUERY));
        }
        for (int i = 0; i < 4; i++) {
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.isValid(5)).isTrue();
                assertThat(ToolShop.rows(connection, QUERY)).isEqualTo(expected);
                assertThatThrownBy(() -> connection.unwrap(PGConnection.class)).hasMessageContaining("cannot unwrap");
            }
        }
    }

    @Test
    void hikariByUrl() throws Exception {
        // tag::url[]
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(SHOP.url());
        config.setUsername("analyst");
        config.setPassword("analyst");
        config.setMaximumPoolSize(2);
        // end::url[]
        try (HikariDataSource pool = new HikariDataSource(config)) {
            worksAsMaskedUser(pool);
        }
    }

    @Test
    void hikariByDataSource() throws Exception {
        // tag::source[]
        HikariConfig config = new HikariConfig();
        config.setDataSourceClassName("dev.bauta.jdbc.BautaDataSource");
        config.addDataSourceProperty("url", SHOP.url());
        config.addDataSourceProperty("bautaRole", "default");
        config.setUsername("analyst");
        config.setPassword("analyst");
        config.setMaximumPoolSize(2);
        // end::source[]
        try (HikariDataSource pool = new HikariDataSource(config)) {
            worksAsMaskedUser(pool);
        }
    }

    @Test
    void poolsOfApplicationServers() throws Exception {
        // tag::server[]
        BautaConnectionPoolDataSource source = new BautaConnectionPoolDataSource();
        source.setUrl(SHOP.url());
        PooledConnection pooled = source.getPooledConnection("analyst", "analyst");
        // end::server[]
        for (int i = 0; i < 2; i++) {
            try (Connection lent = pooled.getConnection()) {
                assertThat(ToolShop.rows(lent, "SELECT email FROM customer WHERE id = 2"))
                        .isEqualTo("b**** \n");
            }
        }
        pooled.close();
    }
}
