package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls every method of every interface of java.sql that can be reached from a connection, and looks at what comes back:
 * nothing but plain data may be the PostgreSQL driver's own.
 */
class ClosedWorldTest {
    /** Plain data that {@code getObject} gives; none of them holds a connection. */
    private static final Set<String> PLAIN = Set.of(
            "org.postgresql.util.PGobject",
            "org.postgresql.util.PGInterval",
            "org.postgresql.util.PGmoney",
            "org.postgresql.geometric.PGpoint",
            "org.postgresql.geometric.PGbox",
            "org.postgresql.geometric.PGcircle",
            "org.postgresql.geometric.PGline",
            "org.postgresql.geometric.PGlseg",
            "org.postgresql.geometric.PGpath",
            "org.postgresql.geometric.PGpolygon");

    /** The interfaces that must have been reached, or the test has lost its way. */
    private static final Set<String> REACHED = Set.of(
            "Array",
            "CallableStatement",
            "Connection",
            "DatabaseMetaData",
            "ParameterMetaData",
            "PreparedStatement",
            "ResultSet",
            "ResultSetMetaData",
            "SQLXML",
            "Savepoint",
            "Statement");

    /** These end the object that the next calls need; they give nothing back. */
    private static final Set<String> ENDING =
            Set.of("close", "abort", "closeOnCompletion", "free", "cancel", "setNetworkTimeout", "setQueryTimeout");

    private static final String ALL_TYPES =
            "SELECT 1 AS c, 'a'::text, ARRAY[1,2] AS arr, ARRAY[ARRAY['x']], '<a/>'::xml, '{}'::jsonb, '(1,2)'::point,"
                    + " '1 day'::interval, 1::money, ROW(1,'x'), int4range(1,2), now(), 'x'::bytea, '\\x01'::bytea,"
                    + " ARRAY['(1,2)'::point], 16::oid, '((0,0),(1,1))'::box, '<(0,0),1>'::circle, 'f'::bool";

    private final Deque<Object> queue = new ArrayDeque<>();
    private final Set<String> visited = new HashSet<>();
    private final Set<String> reached = new TreeSet<>();
    private final Set<String> leaks = new LinkedHashSet<>();
    private int calls;
    private boolean masked;

    @ParameterizedTest
    @ValueSource(strings = {"analyst", "postgres"})
    void nothingRawComesOut(String user) throws Exception {
        DriverFixture fixture = DriverFixture.create();
        masked = !user.equals("postgres");
        try (Connection connection = fixture.connectAs(user)) {
            connection.setAutoCommit(false);
            queue.add(connection.setSavepoint("s"));
            connection.commit();
            connection.setAutoCommit(true);
            for (Statement statement : statements(connection)) {
                queue.add(statement.getResultSet());
                queue.add(statement);
            }
            queue.add(connection.prepareCall("{? = call pg_catalog.abs(?)}"));
            queue.add(connection.getMetaData());
            queue.add(connection);
            for (Object next = queue.poll(); next != null; next = queue.poll()) {
                visit(next);
            }
            assertThat(connection.isClosed()).isFalse();
        }
        assertThat(leaks).isEmpty();
        assertThat(reached).containsAll(REACHED);
        assertThat(calls).isGreaterThan(900);
    }

    private static List<Statement> statements(Connection connection) throws SQLException {
        List<Statement> statements = new ArrayList<>();
        var prepared = connection.prepareStatement(ALL_TYPES);
        prepared.execute();
        prepared.getResultSet().next();
        statements.add(prepared);
        Statement plain = connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
        plain.execute(ALL_TYPES);
        plain.getResultSet().next();
        statements.add(plain);
        return statements;
    }

    private void visit(Object object) throws SQLException {
        for (Class<?> type : interfaces(object.getClass())) {
            reached.add(type.getSimpleName());
            callAll(object, type);
        }
    }

    private static Set<Class<?>> interfaces(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Class<?> i : c.getInterfaces()) {
                if (i.getName().startsWith("java.sql.")) {
                    found.add(i);
                }
            }
        }
        return found;
    }

    private void callAll(Object object, Class<?> type) throws SQLException {
        List<Method> methods = Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !ENDING.contains(method.getName()))
                .sorted(Comparator.comparing(
                                (Method method) -> !method.getName().startsWith("get"))
                        .thenComparing(Method::toString))
                .toList();
        for (Method method : methods) {
            boolean column = object instanceof ResultSet
                    && method.getParameterCount() > 0
                    && method.getParameterTypes()[0] == int.class
                    && method.getName().startsWith("get");
            for (int i = 1; i <= (column ? columns((ResultSet) object) : 1); i++) {
                call(object, method, i);
            }
        }
    }

    private static int columns(ResultSet result) throws SQLException {
        return result.isClosed() ? 1 : result.getMetaData().getColumnCount();
    }

    private void call(Object object, Method method, int number) {
        Class<?>[] types = method.getParameterTypes();
        @Nullable Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = argument(object, method, types[i], number);
        }
        calls++;
        try {
            inspect(method.toString(), method.invoke(object, arguments), 0);
        } catch (InvocationTargetException e) {
            inspectError(method.toString(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static @Nullable Object argument(Object object, Method method, Class<?> type, int number) {
        if (type == int.class) {
            return method.getName().equals("setTransactionIsolation") ? Connection.TRANSACTION_READ_COMMITTED : number;
        } else if (type == long.class) {
            return 1L;
        } else if (type == String.class) {
            return object instanceof ResultSet ? "arr" : object instanceof Connection ? "SELECT 1" : "int4";
        } else if (type == boolean.class) {
            return true;
        } else if (type == Class.class) {
            return method.getName().equals("getObject") ? String.class : org.postgresql.PGConnection.class;
        } else if (type == Executor.class) {
            return (Executor) Runnable::run;
        } else if (type == Object[].class) {
            return new Object[] {1};
        } else if (type == Map.class) {
            return Map.of();
        } else if (type == Properties.class) {
            return new Properties();
        }
        return type.isPrimitive() ? (byte) 0 : null;
    }

    /** The PostgreSQL driver's exceptions hold what the server said in full. */
    private void inspectError(String path, @Nullable Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (masked && t.getClass().getName().startsWith("org.postgresql.")) {
                leaks.add(path + " throws " + t.getClass().getName());
            }
        }
    }

    private void inspect(String path, @Nullable Object value, int depth) {
        if (value == null || depth > 3) {
            return;
        }
        String name = value.getClass().getName();
        if (name.startsWith("org.postgresql.") && !PLAIN.contains(name) && !(value instanceof Throwable)) {
            leaks.add(path + " gives " + name);
        } else if (value instanceof Object[] elements) {
            Arrays.stream(elements).forEach(element -> inspect(path, element, depth + 1));
        } else if (!interfaces(value.getClass()).isEmpty() && visited.add(path + " " + name)) {
            queue.add(value);
        }
    }
}
