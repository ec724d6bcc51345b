package dev.bauta.jdbc;

import static dev.bauta.jdbc.MaskingTest.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.naming.Reference;
import javax.naming.spi.NamingManager;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class DataSourcesTest {
    private static final String QUERY = "SELECT email FROM customers WHERE id = 1";
    private static DriverFixture fixture;

    @BeforeAll
    static void create() {
        fixture = DriverFixture.create();
    }

    private static <T extends BautaCommonDataSource> T set(T source) {
        source.setUrl(fixture.url() + "?ApplicationName=source");
        source.setUser("analyst");
        source.setPassword("analyst");
        source.setBautaRules(fixture.rules.toString());
        source.setProperty("connectTimeout", "10");
        return source;
    }

    @Test
    void opensConnections() throws SQLException {
        BautaDataSource source = set(new BautaDataSource());
        try (Connection connection = source.getConnection();
                Connection raw = source.getConnection("postgres", "postgres")) {
            assertThat(query(connection, QUERY)).containsExactly("***");
            assertThat(query(connection, "SHOW application_name")).containsExactly("source");
            assertThat(query(raw, QUERY)).containsExactly("ann@example.org");
        }
        assertThat(source.isWrapperFor(DataSource.class)).isTrue();
        assertThatThrownBy(() -> source.unwrap(PGConnection.class)).hasMessageContaining("cannot unwrap");
        source.setBautaRole("dba");
        assertThatThrownBy(source::getConnection).hasMessageContaining("not \"dba\"");
    }

    @Test
    void showsNoSecrets() {
        BautaDataSource source = set(new BautaDataSource());
        source.setUrl(fixture.url() + "?password=canary");
        source.setPassword("canary");
        source.setBautaKey("${env:canary}");
        assertThat(source).hasToString("BautaDataSource[" + fixture.url() + "]");
        assertThat(source.getUrl()).isEqualTo(fixture.url());
    }

    @Test
    void needsAUrl() {
        assertThatThrownBy(() -> new BautaDataSource().getConnection())
                .hasMessage("The data source has no URL that starts with jdbc:bauta:postgresql:");
    }

    @Test
    void survivesSerialization() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(set(new BautaDataSource()));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
                Connection connection = ((BautaDataSource) in.readObject()).getConnection()) {
            assertThat(query(connection, QUERY)).containsExactly("***");
            assertThat(query(connection, "SHOW application_name")).containsExactly("source");
        }
    }

    @Test
    void isKeptInJndi() throws Exception {
        BautaCommonDataSource[] sources = {
            set(new BautaDataSource()), set(new BautaConnectionPoolDataSource()), set(new BautaXADataSource())
        };
        for (BautaCommonDataSource source : sources) {
            Reference reference = source.getReference();
            Object found = NamingManager.getObjectInstance(reference, null, null, null);
            assertThat(found).hasSameClassAs(source).isNotSameAs(source);
            assertThat(((BautaCommonDataSource) found).getReference()).isEqualTo(reference);
        }
        Object found = NamingManager.getObjectInstance(sources[0].getReference(), null, null, null);
        try (Connection connection = ((DataSource) found).getConnection()) {
            assertThat(query(connection, QUERY)).containsExactly("***");
        }
        Reference other = new Reference("java.lang.Object", BautaObjectFactory.class.getName(), null);
        assertThat(new BautaObjectFactory().getObjectInstance(other, null, null, null))
                .isNull();
        assertThat(new BautaObjectFactory().getObjectInstance("text", null, null, null))
                .isNull();
    }

    private static final class Events implements ConnectionEventListener {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void connectionClosed(ConnectionEvent event) {
            seen.add("closed");
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            seen.add(event.getSQLException().getSQLState());
        }
    }

    @Test
    void lendsAPooledConnection() throws SQLException {
        PooledConnection pooled = set(new BautaConnectionPoolDataSource()).getPooledConnection();
        Events events = new Events();
        pooled.addConnectionEventListener(events);
        Connection first = pooled.getConnection();
        PreparedStatement statement = first.prepareStatement(QUERY);
        assertThat(query(first, QUERY)).containsExactly("***");
        assertThat(statement.getConnection()).isSameAs(first);
        assertThat(first.getMetaData().getConnection()).isSameAs(first);
        assertThat(first.unwrap(Copy.class)).isSameAs(first);
        assertThatThrownBy(() -> first.unwrap(PGConnection.class)).hasMessageContaining("cannot unwrap");
        assertThat(first).isNotInstanceOf(PGConnection.class);
        first.setAutoCommit(false);
        query(first, "INSERT INTO orders (note) VALUES ('lost') RETURNING id");
        first.close();
        assertThat(first.isClosed()).isTrue();
        assertThatThrownBy(first::createStatement).hasMessage("This connection has been closed.");
        first.close();
        assertThat(events.seen).containsExactly("closed");

        Connection second = pooled.getConnection();
        assertThat(second.getAutoCommit()).isTrue();
        assertThat(query(second, "SELECT count(*) FROM orders WHERE note = 'lost'"))
                .containsExactly("0");
        Connection third = pooled.getConnection();
        assertThat(second.isClosed()).isTrue();
        try (Statement ending = fixture.database.connect().createStatement()) {
            ending.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'source'");
        }
        assertThatThrownBy(() -> third.prepareStatement(QUERY).execute()).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> third.setReadOnly(false)).isInstanceOf(SQLException.class);
        assertThat(events.seen).hasSizeGreaterThan(1).element(1).asString().matches("57P01|08\\w{3}");
        pooled.close();
    }

    /** Most errors come from statements: a pool that is not told of them goes on lending the connection. */
    @Test
    void tellsThePoolOfWhatStatementsMeetWith() throws SQLException {
        PooledConnection pooled = set(new BautaConnectionPoolDataSource()).getPooledConnection();
        Events events = new Events();
        pooled.addConnectionEventListener(events);
        try (Statement statement = pooled.getConnection().createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT 1 / 0")).hasMessageContaining("division by zero");
            assertThat(events.seen).isEmpty();
            try (Statement ending = fixture.database.connect().createStatement()) {
                ending.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'source'");
            }
            assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
        }
        assertThat(events.seen).first().asString().matches("57P01|08\\w{3}");
        pooled.close();
    }

    /** The handler of a handle runs in Bauta's own package, and so could call what is not public. */
    @Test
    void handlesCallTheMethodsOfTheirInterfacesAlone() throws Exception {
        PooledConnection pooled = set(new BautaConnectionPoolDataSource()).getPooledConnection();
        Connection handle = pooled.getConnection();
        Method raw = Class.forName("dev.bauta.jdbc.wrap.ForwardingConnection").getDeclaredMethod("raw");
        assertThatThrownBy(() -> Proxy.getInvocationHandler(handle).invoke(handle, raw, null))
                .isInstanceOf(IllegalArgumentException.class);
        pooled.close();
    }

    @Test
    void takesPartInGlobalTransactions() throws Exception {
        XAConnection xa = set(new BautaXADataSource()).getXAConnection();
        XAResource resource = xa.getXAResource();
        assertThat(resource).isNotInstanceOf(XAConnection.class);
        Connection connection = xa.getConnection();
        for (int i = 0; i < 2; i++) {
            Xid id = new TestXid(i);
            resource.start(id, XAResource.TMNOFLAGS);
            assertThat(query(connection, QUERY)).containsExactly("***");
            query(connection, "INSERT INTO orders (note) VALUES ('global " + i + "') RETURNING id");
            SQLException refused = catchThrowableOfType(SQLException.class, connection::commit);
            assertThat(refused.getMessage()).isEqualTo("commit is not allowed while an XA transaction is active.");
            resource.end(id, XAResource.TMSUCCESS);
            if (i == 0) {
                resource.commit(id, true);
            } else {
                resource.rollback(id);
            }
        }
        assertThat(query(connection, "SELECT note FROM orders WHERE note LIKE 'global%'"))
                .containsExactly("global 0");
        XAException wrong = catchThrowableOfType(XAException.class, () -> resource.commit(new TestXid(9), false));
        assertThat(wrong.getCause()).isNull();
        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).isEmpty();
        assertThat(query(connection, QUERY)).containsExactly("***");
        xa.close();
    }

    /** As with the PostgreSQL driver: what is written after the global transaction is not lost. */
    @Test
    void handleLentInAGlobalTransactionStaysInAutoCommitMode() throws Exception {
        XAConnection xa = set(new BautaXADataSource()).getXAConnection();
        XAResource resource = xa.getXAResource();
        Xid id = new TestXid(21);
        resource.start(id, XAResource.TMNOFLAGS);
        Connection connection = xa.getConnection();
        assertThat(connection.getAutoCommit()).isTrue();
        assertThatThrownBy(() -> connection.setAutoCommit(false)).hasMessageContaining("is not allowed while an XA");
        query(connection, "INSERT INTO orders (note) VALUES ('lent 1') RETURNING id");
        resource.end(id, XAResource.TMSUCCESS);
        resource.commit(id, true);
        query(connection, "INSERT INTO orders (note) VALUES ('lent 2') RETURNING id");
        connection.close();
        assertThat(query(xa.getConnection(), "SELECT note FROM orders WHERE note LIKE 'lent%' ORDER BY id"))
                .containsExactly("lent 1", "lent 2");
        xa.close();
    }

    @Test
    void severalHostsCanBeGiven() throws SQLException {
        String url = fixture.url().replace("//", "//localhost:1,") + "?targetServerType=primary&user=analyst";
        BautaDataSource source = set(new BautaDataSource());
        source.setUrl(url);
        try (Connection connection = source.getConnection()) {
            assertThat(query(connection, QUERY)).containsExactly("***");
            assertThat(connection.getMetaData().getURL()).startsWith("jdbc:bauta:postgresql://localhost:1,");
        }
    }
}
