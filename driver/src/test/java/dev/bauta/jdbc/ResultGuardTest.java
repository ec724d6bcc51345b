package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bauta.engine.Decision;
import dev.bauta.engine.Session;
import dev.bauta.refusal.RefusalCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard behind an engine that lets everything pass. */
class ResultGuardTest {
    private static DriverFixture fixture;

    private static final class Careless extends DriverFixture.ChangedSession {
        Careless(Session session) {
            super(session);
        }

        @Override
        public Decision decide(String text) {
            return Decision.Pass.PASS;
        }
    }

    @BeforeAll
    static void create() {
        fixture = DriverFixture.create(Careless::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT email FROM public.customers", "SELECT 1; SELECT id, email AS x FROM public.customers"})
    void stopsAProtectedColumnAndTheConnection(String sql) throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            BautaSQLException stopped = catchThrowableOfType(BautaSQLException.class, () -> {
                statement.execute(sql);
                statement.getResultSet();
                statement.getMoreResults();
                statement.getResultSet();
            });
            assertThat(stopped.code()).contains(RefusalCode.RESULT_GUARD);
            assertThat(stopped.getSQLState()).isEqualTo("XX000");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void stopsGeneratedKeys() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE public.customers SET city = city", Statement.RETURN_GENERATED_KEYS);
            BautaSQLException stopped = catchThrowableOfType(BautaSQLException.class, statement::getGeneratedKeys);
            assertThat(stopped.code()).contains(RefusalCode.RESULT_GUARD);
        }
    }

    @Test
    void stopsCursors() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("DECLARE c CURSOR FOR SELECT email FROM public.customers");
            var cursor = statement.executeQuery("SELECT 'c'::refcursor");
            assertThat(cursor.next()).isTrue();
            BautaSQLException stopped = catchThrowableOfType(BautaSQLException.class, () -> cursor.getObject(1));
            assertThat(stopped.code()).contains(RefusalCode.RESULT_GUARD);
        }
    }

    @Test
    void clearColumnsPass() throws SQLException {
        try (Connection connection = fixture.connect()) {
            assertThat(MaskingTest.query(connection, "SELECT id, city FROM public.customers WHERE id = 1"))
                    .containsExactly("1,Rome");
        }
    }

    @Test
    void whatHasPassedDoesNotPassUnderOtherRules() throws Exception {
        String lax = "public.customers.email";
        try (Connection connection = fixture.connect();
                PreparedStatement statement = connection.prepareStatement("SELECT city FROM public.customers")) {
            for (int i = 0; i < 7; i++) { // The PostgreSQL driver keeps the description from the fifth on.
                assertThat(statement.executeQuery().next()).isTrue();
            }
            fixture.replaceRules(lax, "public.customers.city");
            try {
                BautaSQLException stopped = catchThrowableOfType(BautaSQLException.class, statement::executeQuery);
                assertThat(stopped.code()).contains(RefusalCode.RESULT_GUARD);
            } finally {
                fixture.replaceRules("public.customers.city", lax);
            }
        }
    }

    @Test
    void temporaryViewsDoNotPass() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP VIEW v AS SELECT email FROM public.customers");
            BautaSQLException stopped =
                    catchThrowableOfType(BautaSQLException.class, () -> statement.executeQuery("SELECT * FROM v"));
            assertThat(stopped.code()).contains(RefusalCode.RESULT_GUARD);
        }
    }
}
