package dev.bauta.jdbc.wrap;

import dev.bauta.engine.Decision;
import dev.bauta.engine.RefusalCode;
import dev.bauta.engine.Session;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.postgresql.core.TransactionState;

/** Tells the engine how the server resolves unqualified names, at the start and when the engine has lost track of it. */
final class SearchPath {
    private final PgSide pg;

    SearchPath(PgSide pg) {
        this.pg = pg;
    }

    /** Asks the server. */
    void load(Session session) throws SQLException {
        Connection raw = pg.raw();
        try (Statement statement = raw.createStatement();
                ResultSet result = statement.executeQuery("SELECT pg_catalog.current_schemas(true)")) {
            result.next();
            Array schemas = result.getArray(1);
            session.setSearchPath(names((Object[]) schemas.getArray()));
        }
    }

    private static List<String> names(Object[] schemas) {
        return Arrays.stream(schemas).map(String::valueOf).toList();
    }

    /** Decides; where the engine does not know what an unqualified name means, the server is asked once. */
    Decision decide(Session session, String text) throws SQLException {
        Decision decision = session.decide(text);
        boolean unknown = decision instanceof Decision.Refuse refuse
                && refuse.refusal().code() == RefusalCode.AMBIGUOUS_NAME
                && pg.raw().getTransactionState() != TransactionState.FAILED;
        if (!unknown) {
            return decision;
        }
        load(session);
        return session.decide(text);
    }
}
