package dev.bauta.doors;

import java.sql.Connection;
import java.sql.SQLException;

/** A way in for clients. */
enum Door {
    /** The proxy's port, simple query protocol. */
    PROXY_SIMPLE {
        @Override
        Connection connect(ScenarioServer server, String user) throws SQLException {
            return server.throughProxy(user, "simple");
        }
    },
    /** The proxy's port, extended query protocol. */
    PROXY_EXTENDED {
        @Override
        Connection connect(ScenarioServer server, String user) throws SQLException {
            return server.throughProxy(user, "extended");
        }
    },
    /** The JDBC URL. */
    DRIVER {
        @Override
        Connection connect(ScenarioServer server, String user) throws SQLException {
            return server.throughDriver(user);
        }
    };

    abstract Connection connect(ScenarioServer server, String user) throws SQLException;
}
