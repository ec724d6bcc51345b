package dev.bauta.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.jdbc.BautaDataSource;
import dev.bauta.jdbc.BautaSQLException;
import dev.bauta.jdbc.Copy;
import dev.bauta.refusal.RefusalCode;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An application works as a masked user. Its examples are those of {@code docs/applications.md}. */
class ApplicationsTest {
    private static final ToolShop SHOP = new ToolShop();
    private static final String PASSWORD = "analyst";

    @AfterAll
    static void drop() {
        SHOP.database.drop();
    }

    @Test
    void theDriverManager() throws Exception {
        String url = SHOP.url();
        List<String> seen = new ArrayList<>();
        // tag::plain[]
        try (Connection connection = DriverManager.getConnection(url, "analyst", PASSWORD);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT email FROM customer WHERE city = ?")) {
            statement.setString(1, "City 1");
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    seen.add(rows.getString("email"));
                }
            }
        }
        // end::plain[]
        assertThat(seen).containsExactlyInAnyOrder("a****", "d****", "g****", "j****");
    }

    @Test
    void refusals() throws Exception {
        List<String> logged = new ArrayList<>();
        try (Connection connection = SHOP.bauta("analyst").getConnection()) {
            // tag::refusal[]
            try (PreparedStatement update = connection.prepareStatement("UPDATE customer SET email = lower(email)")) {
                update.executeUpdate();
            } catch (BautaSQLException refused) {
                logged.add(refused.getSQLState() + " "
                        + refused.code().map(RefusalCode::name).orElse("error"));
            }
            // end::refusal[]
            assertThat(connection.isValid(5)).isTrue();
        }
        assertThat(logged).hasSize(1).first().asString().startsWith("42501 ").doesNotContain("error");
    }

    @Test
    void dataSources() throws Exception {
        // tag::source[]
        BautaDataSource source = new BautaDataSource();
        source.setUrl(SHOP.url());
        source.setUser("analyst");
        source.setPassword(PASSWORD);
        // end::source[]
        try (Connection connection = source.getConnection()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            connection.unwrap(Copy.class).copyOut("COPY customer TO STDOUT", out);
            assertThat(out.toString(StandardCharsets.UTF_8)).hasLineCount(12).doesNotContain("example.org");
        }
    }

    @Test
    void springJdbc() {
        // tag::spring[]
        DataSource source = SHOP.bauta("analyst");
        JdbcTemplate template = new JdbcTemplate(source);
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
        // end::spring[]
        JdbcTemplate direct = new JdbcTemplate(SHOP.direct());
        String sql = "SELECT email FROM customer WHERE id = ?";
        assertThat(template.queryForObject(sql, String.class, 3))
                .isEqualTo(ToolShop.masked(String.valueOf(direct.queryForObject(sql, String.class, 3))));
        assertThat(template.queryForList(
                        "SELECT sum(total) FROM orders GROUP BY customer ORDER BY 1", BigDecimal.class))
                .isEqualTo(direct.queryForList(
                        "SELECT sum(total) FROM orders GROUP BY customer ORDER BY 1", BigDecimal.class));
        transaction.executeWithoutResult(status -> {
            template.batchUpdate(
                    "INSERT INTO orders (customer, total) VALUES (?, ?)",
                    List.of(new Object[] {1, BigDecimal.ONE}, new Object[] {2, BigDecimal.TEN}));
            status.setRollbackOnly();
        });
        assertThat(template.queryForObject("SELECT count(*) FROM orders", Integer.class))
                .isEqualTo(40);
        assertThatThrownBy(() -> template.update("UPDATE customer SET email = 'x'"))
                .isInstanceOf(DataAccessException.class)
                .hasRootCauseInstanceOf(BautaSQLException.class);
    }
}
