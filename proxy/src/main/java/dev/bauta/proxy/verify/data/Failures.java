package dev.bauta.proxy.verify.data;

import dev.bauta.proxy.postgres.ConnectFailure;
import dev.bauta.proxy.verify.result.Area;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Status;
import java.sql.SQLException;
import java.util.Set;

/** Words for what could not be checked. The server's own words can hold data, so that most are left out. */
public final class Failures {
    private Failures() {}

    /** A failed check: what cannot be checked has not passed. */
    public static Check toCheck(Area area, String subject, String name, Exception e) {
        return Check.of(area, subject, name, Status.FAILED, "could not be checked: " + describe(e));
    }

    /** Classes of errors about connections, logins, databases, and names and privileges, whose words hold names alone. */
    private static final Set<String> TELLING = Set.of("08", "28", "3D", "42", "57");

    /** What went wrong. */
    public static String describe(Exception e) {
        if (!(e instanceof SQLException failure)) {
            return "unexpected " + e.getClass().getSimpleName();
        }
        String state = String.valueOf(failure.getSQLState());
        boolean telling = state.length() == 5 && TELLING.contains(state.substring(0, 2));
        return "SQLSTATE " + state
                + (telling ? ", " + ConnectFailure.reason(failure).replaceFirst("^(ERROR|FATAL): ", "") : "");
    }
}
